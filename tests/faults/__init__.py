"""What must not lose anything: processes killed, disks full, files damaged, many writers at once.

    cd tests && python -m faults --help

runs the long versions; ``test_*.py`` beside this are the short ones. docs/faults.md has the figures.
"""
