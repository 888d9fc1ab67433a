"""Lets `python -m generator` run the command line, and ends in one sentence when it is interrupted while it starts."""

import sys


def main() -> int:
    """Run the command line; 130, as a shell has it, if SIGINT comes while the modules are imported."""
    try:
        from .cli import main as run  # noqa: PLC0415  # takes long enough to be interrupted

        return run()
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)  # noqa: T201  # nothing of the project is imported yet
        return 130


if __name__ == "__main__":
    sys.exit(main())
