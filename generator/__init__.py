"""Witnesses to facts, facts to differences, and one OpenAPI file to a client."""
