from pathlib import Path
import shop.orders
print((Path(shop.orders.__file__).parent / "data.txt").exists(), shop.orders.f())
