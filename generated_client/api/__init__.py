"""The operations, one package for each tag and one module for each call."""
