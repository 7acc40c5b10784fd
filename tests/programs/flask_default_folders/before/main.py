from shop.web import app
c = app.test_client()
print(c.get("/").status_code, c.get("/static/a.css").status_code)
