import subprocess, sys
from pathlib import Path
HERE = Path(__file__).parent
def start(): return subprocess.run([sys.executable, "-B", str(HERE / "worker.py")], capture_output=True, text=True).stdout
