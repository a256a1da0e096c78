"""The log of readings, claims and decisions, and the incidents computed from it."""
