from shop.registry import found, scan
scan("shop.views")
print(found)
