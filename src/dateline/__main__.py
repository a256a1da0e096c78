"""``python -m dateline``: the command without its script."""

from dateline.cli import main

if __name__ == "__main__":
    main()
