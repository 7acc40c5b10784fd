import sys
from shop.store import backend, has
print(backend().f(), has("sredro.pohs"[::-1]))
