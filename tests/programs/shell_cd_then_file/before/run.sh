set -e
cd shop
python -B orders.py
