"""`python -m reorg_lib`: the command line, for where the `reorg` program is not on PATH."""

from reorg_lib.cli import main

if __name__ == "__main__":
    main()
