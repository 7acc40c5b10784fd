from operator import attrgetter
import shop, shop.orders
print(attrgetter("orders.f")(shop)())
