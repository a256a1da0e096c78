"""Dateline reads news pages and keeps the record of conflict and diplomacy."""

__version__ = "0.1.0"
