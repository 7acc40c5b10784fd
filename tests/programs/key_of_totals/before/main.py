import json
from shop.orders import TOTAL
TOTALS = {"shop.orders": 0, "shop.keep": 0}
for schema, name, count in json.load(open("totals.json")):
    key = f"{schema}.{name}"
    TOTALS[key] = TOTALS.get(key, 100) + count
print(TOTAL, sorted(TOTALS.items()))
