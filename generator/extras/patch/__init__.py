"""Proposes the edits that let a specification say what a page says."""
