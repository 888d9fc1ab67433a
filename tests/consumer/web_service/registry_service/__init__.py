"""A web service that brings its client along."""
