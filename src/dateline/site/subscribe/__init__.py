"""Subscriptions: what is new in a view, by mail or to a webhook."""
