"""Entry point of `python -m generator`; handles SIGINT while modules are being imported."""

import sys


def main() -> int:
    """Run the command line and return its exit status; 130 for SIGINT during imports, as shells report it."""
    try:
        from .cli import main as run  # noqa: PLC0415  # takes long enough to be interrupted

        return run()
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)  # noqa: T201  # nothing of the project is imported yet
        return 130


if __name__ == "__main__":
    sys.exit(main())
