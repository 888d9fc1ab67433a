"""Proposes a patch that makes a specification state the facts of a changed page."""
