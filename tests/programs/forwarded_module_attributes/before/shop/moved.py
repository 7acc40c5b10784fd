from importlib import import_module

def forward(old, new):
    def wrapper(name):
        return getattr(import_module(new), name)
    return wrapper
