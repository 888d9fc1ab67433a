"""The part of the client that no specification changes."""
