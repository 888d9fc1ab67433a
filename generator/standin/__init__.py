"""A local stand-in of the API, served from the spec's examples; faults on demand."""
