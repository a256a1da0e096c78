"""What hatchling runs when it builds the package: what is compiled and bundled then goes into the wheel."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class MadeHook(BuildHookInterface[Any]):
    """Makes the gazetteer and the site's bundle where the checkout's own code looks for them."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  the interface
        """Make each, unless it is there and up to date; for editable installs too."""
        sys.path.insert(0, str(Path(self.root) / "scripts"))
        import bundle_frontend
        import compile_gazetteer

        compile_gazetteer.compile_to(compile_gazetteer.OUTPUT)
        bundle_frontend.bundle_to(bundle_frontend.OUTPUT)
