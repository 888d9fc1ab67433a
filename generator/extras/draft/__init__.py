"""Drafts a specification of methods that have none yet from their documentation pages."""
