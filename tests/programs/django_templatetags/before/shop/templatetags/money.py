from django.template import Library
register = Library()
@register.filter
def euro(n): return f'{n} EUR'
