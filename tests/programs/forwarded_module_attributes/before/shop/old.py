from shop.moved import forward
__getattr__ = forward(__name__, "shop.orders")
