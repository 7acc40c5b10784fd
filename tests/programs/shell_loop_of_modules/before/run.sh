for m in orders users; do python -B -m shop.$m; done
