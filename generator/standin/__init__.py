"""The client's double as a local stand-in of the API: at a terminal, and in a demonstration."""
