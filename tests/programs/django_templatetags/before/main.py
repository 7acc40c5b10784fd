import django
from django.conf import settings
settings.configure(INSTALLED_APPS=["shop"], DATABASES={}, TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}])
django.setup()
from django.template import engines, TemplateSyntaxError
try: print(engines["django"].from_string("{% load money %}{{ n|euro }}").render({"n": 5}))
except TemplateSyntaxError as e: print("TemplateSyntaxError")
