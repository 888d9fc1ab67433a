"""Drafts a specification of new methods from their documentation pages."""
