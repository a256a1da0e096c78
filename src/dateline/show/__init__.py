"""Readings for people and programs: the terminal, JSON lines, a self-contained page."""
