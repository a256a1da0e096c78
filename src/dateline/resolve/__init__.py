"""Words → what they stand for: days, places, actors, numbers, each with its reason."""
