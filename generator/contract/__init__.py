"""The model of a contract: its facts, comparing and matching them, serializing them, locks and known differences."""
