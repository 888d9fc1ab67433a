"""Imports a package and prints its side effects, without those of its dependencies."""

import atexit
import importlib
import logging
import os
import signal
import sys
import threading
import warnings
from typing import Any

DEPENDENCIES = ("anyio.to_thread", "attrs", "httpcore", "httpx")
FORBIDDEN = ("socket.", "subprocess.", "os.", "_thread.", "shutil.", "tempfile.", "signal.", "ctypes.", "urllib.")
READING = {"os.listdir", "os.scandir"}

done = list[str]()


def listen(event: str, arguments: tuple[Any, ...]) -> None:
    writing = event == "open" and (arguments[1] or "r")[0] != "r"
    if writing or (event.startswith(FORBIDDEN) and event not in READING):
        done.append(f"{event} {arguments}")


def state() -> dict[str, object]:
    return {
        "environment": dict(os.environ),
        "signals": [signal.getsignal(number) for number in signal.valid_signals()],
        "threads": threading.enumerate(),
        "warnings": list(warnings.filters),
        "logging": (logging.root.level, list(logging.root.handlers), logging.lastResort),
        "exit": vars(atexit)["_ncallbacks"](),
        "path": [*sys.path, *map(str, sys.meta_path), *map(str, sys.path_hooks)],
        "hooks": (sys.excepthook, threading.excepthook, sys.displayhook),
    }


for name in DEPENDENCIES:
    importlib.import_module(name)
before = state()
sys.addaudithook(listen)
importlib.import_module(sys.argv[1])
seen = list(done)
seen += [name for name, value in state().items() if value != before[name]]
sys.stdout.write("".join(f"{line}\n" for line in seen))
