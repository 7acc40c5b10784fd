import re, os
print([os.path.exists("shop/" + n) for n in re.findall(r"\w+\.py", open("shop/BUILD").read())])
