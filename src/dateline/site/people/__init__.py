"""Those who read, comment, decide and moderate: accounts, sign-ins, comments, and what becomes of them."""
