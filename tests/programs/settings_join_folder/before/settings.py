from pathlib import Path
BASE_DIR = Path(__file__).resolve().parent
DIRS = [BASE_DIR / "shop" / "old" / "templates"]
