"""``python -m playground``: what the app does, without a browser."""

import sys

from playground.cli import main

if __name__ == "__main__":
    sys.exit(main())
