"""From words that may name a place to the place that they mean."""
