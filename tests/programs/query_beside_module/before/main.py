from shop.orders import SQL
print(SQL)
