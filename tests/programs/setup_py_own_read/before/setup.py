import os, re
HERE = os.path.dirname(os.path.abspath(__file__))
def read(*parts):
    with open(os.path.join(HERE, *parts)) as f: return f.read()
print(re.search(r'"(.*)"', read("shop", "version.py"))[1])
