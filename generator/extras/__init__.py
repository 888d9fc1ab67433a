"""Features beyond the one method: drafts, patches, page history. Only three commands import this package."""
