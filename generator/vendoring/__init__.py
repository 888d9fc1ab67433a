"""Carries the client to its consumers: copies, archives, atomic writes."""
