from importlib import import_module
from shop import settings

def backend():
    return import_module(settings.STORE_BACKEND)

def has(feature):
    return settings.FEATURES.get(feature, False)
