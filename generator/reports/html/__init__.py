"""Formats the review of a specification as one self-contained HTML page without scripts."""
