from shop.accounts import balance
from shop.orders import f
print(f(), balance("shop.orders"))
