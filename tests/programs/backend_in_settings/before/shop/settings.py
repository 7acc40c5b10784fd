STORE_BACKEND = "shop.orders"
FEATURES = {"shop.orders": True}
