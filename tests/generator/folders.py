"""The state of a folder, and a disk that is full."""

import resource
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


def state(folder: Path) -> dict[str, tuple[bytes | str, int]]:
    """Map each path in a folder to its content and its ctime, which also changes with name and mode."""
    return {
        path.relative_to(folder).as_posix(): (_content(path), path.lstat().st_ctime_ns)
        for path in sorted([folder, *folder.rglob("*")])
    }


def contents(folder: Path) -> dict[str, bytes | str]:
    """Map each path in a folder to its content."""
    return {name: content for name, (content, _) in state(folder).items() if name != "."}


def _content(path: Path) -> bytes | str:
    return str(path.readlink()) if path.is_symlink() else path.read_bytes() if path.is_file() else ""


@contextmanager
def file_size_limit(size: int) -> Generator[None]:
    """Let this process and its children write no file of more bytes, which fails as a full disk does."""
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, unlimited[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
