import logging, sys
from shop.logs import custom_logger
from shop.orders import f
logging.basicConfig(stream=sys.stdout, format="%(message)s")
custom_logger("shop.orders", logging.DEBUG)
f()
