import shop.old
print(shop.old.f())
