import importlib, pkgutil
found = []
def scan(package):
    path = importlib.import_module(package).__path__
    for info in pkgutil.iter_modules(path, package + "."): importlib.import_module(info.name)
