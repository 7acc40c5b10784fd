from shop.old.r import text
print(text())
