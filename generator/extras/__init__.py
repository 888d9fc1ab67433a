"""Features beyond the one method: drafts, patches, drift, page history. Only four commands import this package."""
