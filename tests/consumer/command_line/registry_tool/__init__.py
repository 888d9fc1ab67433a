"""A command line tool that brings its client along."""
