"""Article → reading."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.types import Reading


class _Callable(ModuleType):
    """``dateline.read`` is this stage, and the function of that name."""

    def __call__(self, *inputs: Any, **options: Any) -> Iterator[Reading]:
        """See ``dateline.library.read``."""
        from dateline.library import read

        return read(*inputs, **options)


sys.modules[__name__].__class__ = _Callable
