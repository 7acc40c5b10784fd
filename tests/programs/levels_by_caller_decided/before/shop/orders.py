from shop.levels import level
LEVEL = level(__name__)
