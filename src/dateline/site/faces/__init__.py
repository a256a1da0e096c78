"""The record for programs: feeds, tables, an API."""
