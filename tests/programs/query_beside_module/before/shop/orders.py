from pathlib import Path
SQL = Path(__file__).with_suffix(".sql").read_text().strip()
