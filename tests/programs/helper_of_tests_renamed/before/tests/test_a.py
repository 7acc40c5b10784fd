import utils
from utils import f
print(utils.f(), f())
