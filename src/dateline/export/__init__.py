"""The record as tables for others, and as lines that another record is made of."""
