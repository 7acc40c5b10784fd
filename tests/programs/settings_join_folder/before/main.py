from settings import DIRS
from shop.old.r import R
print(R, [(d / 'a.html').exists() for d in DIRS])
