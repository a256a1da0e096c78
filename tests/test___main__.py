"""The command runs as a module."""

import subprocess
import sys

from dateline import __version__


def test_the_module_is_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "dateline", "--version"], capture_output=True, text=True)
    assert done.stdout == f"dateline {__version__}\n"
