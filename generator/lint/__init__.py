"""Checks the style of the specification: rules that no public linter has."""
