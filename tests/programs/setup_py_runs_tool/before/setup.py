import os, subprocess, sys
cwd = os.path.abspath(os.path.dirname(__file__))
p = subprocess.run([sys.executable, "-B", os.path.join(cwd, "shop", "cythonize.py"), "shop"], capture_output=True, text=True)
print(p.stdout, p.returncode)
