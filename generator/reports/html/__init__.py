"""Writes what a reviewer reads in a browser: one page without scripts, whole in itself."""
