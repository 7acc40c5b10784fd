from shop.plugins import Other, Plugin
PLUGINS = [Plugin("Orders", "shop.orders"), Other("shop.orders"), Plugin("shop.orders", path="shop.keep")]
for plugin in PLUGINS:
    print(sorted(n for n in vars(plugin.load()) if n in ("f", "keep")), getattr(plugin, "title", ""))
