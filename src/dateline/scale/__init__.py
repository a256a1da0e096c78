"""Many inputs in shards, read on one machine or many, each kept once."""
