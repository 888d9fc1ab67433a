"""Formats results for people and for other programs."""
