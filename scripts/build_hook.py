"""What hatchling runs when it builds the package: the gazetteer is compiled and goes into the wheel."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class GazetteerHook(BuildHookInterface[Any]):
    """Compiles the gazetteer where the checkout's own code looks for it, for editable installs too."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  the interface
        """Compile, unless the gazetteer is there and up to date."""
        sys.path.insert(0, str(Path(self.root) / "scripts"))
        import compile_gazetteer

        compile_gazetteer.compile_to(compile_gazetteer.OUTPUT)
