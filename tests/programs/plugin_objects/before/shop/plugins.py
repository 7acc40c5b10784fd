from dataclasses import dataclass

@dataclass
class Plugin:
    title: str
    path: str

    def load(self):
        return __import__(self.path, fromlist=['f'])

class Other:
    def __init__(self, where):
        self.where = where

    def load(self):
        from importlib import import_module
        return import_module(self.where)
