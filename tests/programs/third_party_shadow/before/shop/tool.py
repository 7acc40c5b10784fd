#!/usr/bin/env python
import jinja2
print(jinja2.Template("ran").render())
