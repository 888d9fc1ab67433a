"""What goes beyond the one method: drafts, patches, the history of a page. Nothing else imports it."""
