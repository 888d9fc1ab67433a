"""A local server of the specification's examples, for a person at a terminal."""
