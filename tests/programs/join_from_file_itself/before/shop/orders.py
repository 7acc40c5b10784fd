import os
ROOT = os.path.join(os.path.dirname(__file__), "..")
def f(): return os.path.exists(os.path.join(ROOT, "data.txt"))
