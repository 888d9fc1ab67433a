"""Delivers the client to consumers: copies, archives, atomic writes."""
