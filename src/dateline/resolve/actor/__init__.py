"""From words to actors."""
