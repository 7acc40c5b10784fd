from importlib.resources import files
def text(): return (files("shop.old") / "sql" / "a.sql").read_text().strip()
