"""Claims and articles → decisions: which tell of one happening, which are copies."""
