"""Formats results for people and machines."""
