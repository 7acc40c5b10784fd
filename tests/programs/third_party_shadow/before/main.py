from shop.formats import F
print(F)
