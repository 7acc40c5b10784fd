from unittest import mock
from shop.orders import f

@mock.patch("shop.orders.os.getcwd", return_value="/x")
def test_f(_):
    assert f() == "/x"

def test_modules(monkeypatch):
    import sys
    monkeypatch.setitem(sys.modules, "shop.orders", None)
    try:
        import shop.orders
        assert False
    except ImportError:
        pass
