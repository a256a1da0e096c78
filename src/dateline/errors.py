"""One tree of errors. Each message names the thing, the reason and the remedy."""

from __future__ import annotations


class DatelineError(Exception):
    """Anything that Dateline refuses or cannot do."""


class InputError(DatelineError):
    """An input that cannot be read; the other inputs are."""

    def __init__(self, name: str, reason: str, remedy: str) -> None:
        super().__init__(f"{name}: {reason}; {remedy}")
        self.name = name
        self.reason = reason
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str, str]]:
        return type(self), (self.name, self.reason, self.remedy)


class SkippedInput(InputError):
    """An input left out on purpose, such as a text in another language."""


class KnownInput(SkippedInput):
    """An input left out as the record has its reading: that of ``article``, an id, under a ``title``."""

    def __init__(self, name: str, article: str, title: str) -> None:
        super().__init__(name, "is in the record already", "there is nothing to do")
        self.article = article
        self.title = title

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str, str]]:
        return type(self), (self.name, self.article, self.title)


class AddressError(InputError):
    """An address that must not, or cannot, be connected to."""


class ModelError(DatelineError):
    """The model's files are missing or do not fit this version."""


class GoldError(DatelineError):
    """A gold file that does not have the format of its task."""


class FloorError(DatelineError):
    """A figure that fell below its pinned floor."""


class RecordError(DatelineError):
    """A record that cannot be opened, or that cannot do what is asked."""


class BatchError(DatelineError):
    """A batch that cannot go on, such as one that nobody is left to read."""
