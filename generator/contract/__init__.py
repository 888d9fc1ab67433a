"""What a contract is, how two are compared, how one is written down. Imports nothing of the project."""
