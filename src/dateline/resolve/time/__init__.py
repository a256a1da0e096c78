"""What time words mean: the calendar, the grammar of time phrases, and what they are counted from."""
