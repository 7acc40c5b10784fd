import re, sys, importlib
t = open("Procfile").read()
sys.path.insert(0, re.search(r"--app-dir (\S+)", t)[1])
m, a = re.search(r"(\w+):(\w+)$", t, re.M).groups()
print(getattr(importlib.import_module(m), a))
