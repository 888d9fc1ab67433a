"""Each module writes one thing from a contract or the specification."""
