import pkgutil
def f(): return pkgutil.get_data(__name__, "data.txt").decode().strip()
