"""Articles annotated by people: their notation checked, aligned, begun and compared."""
