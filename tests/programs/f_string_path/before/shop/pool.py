import os, subprocess, sys
HERE = os.path.dirname(os.path.abspath(__file__))
def start(): return subprocess.run([sys.executable, "-B", f"{HERE}/worker.py"], capture_output=True, text=True).stdout
