from shop.orders import LEVEL
print(LEVEL)
