"""The site: what the record holds, for people. It sees the record alone."""
