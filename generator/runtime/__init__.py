"""The part of the client that no specification changes; its modules are copied into the client as they are."""
