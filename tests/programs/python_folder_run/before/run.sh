python -B shop
