from shop.pool import start
print(start())
