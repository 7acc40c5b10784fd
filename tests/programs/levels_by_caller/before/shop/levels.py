LEVELS = {"shop.orders": "debug"}

def level(module):
    return LEVELS.get(module, "info")
