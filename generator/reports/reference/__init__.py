"""The API reference of a client, one HTML page that works offline and without scripts."""
