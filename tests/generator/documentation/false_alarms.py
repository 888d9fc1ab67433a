"""Measures the false alarms of the reader: `python -m tests.generator.documentation.false_alarms FOLDER…`.

An alarm is an unread sentence. A person decides if it states a constraint; the decisions are in `alarms.yaml`, by the
digest of the sentence, since no sentence of a page is copied. The command prints the alarms of each page and the
sentences without a decision, and fails if there is one, or a page with more than one false alarm.
"""

import hashlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

from generator.errors import InputError
from generator.readers import documentation

DECISIONS: dict[str, bool] = yaml.safe_load(Path(__file__).with_name("alarms.yaml").read_text(encoding="utf-8"))
"""Digest of a sentence -> True if it states a constraint."""

MOST_FALSE_ALARMS = 1


class Alarms(NamedTuple):
    """The alarms of one page: how many, how many of them are false, and the sentences without a decision."""

    page: Path
    unread: int
    false: int
    undecided: tuple[str, ...]


def digest(sentence: str) -> str:
    """Identify a sentence."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:12]


def measure(folders: Sequence[Path]) -> Iterator[Alarms]:
    """Measure each readable page of some folders."""
    for page in (page for folder in folders for page in sorted(folder.glob("*__*.md"))):
        try:
            sentences = [text.text for text in documentation.read(page).unparsed]
        except InputError:
            continue
        false = sum(DECISIONS.get(digest(sentence)) is False for sentence in sentences)
        undecided = tuple(sentence for sentence in sentences if digest(sentence) not in DECISIONS)
        yield Alarms(page, len(sentences), false, undecided)


def main(arguments: Sequence[str]) -> int:
    """Print the measurement; return 1 if it fails."""
    pages = [*measure([Path(argument) for argument in arguments])]
    lines: list[str] = []
    for alarms in pages:
        lines.append(f"{alarms.unread:3} alarms, {alarms.false} false  {alarms.page.name}")
        lines += [f"    undecided {digest(sentence)}: {sentence}" for sentence in alarms.undecided]
    unread, false = sum(alarms.unread for alarms in pages), sum(alarms.false for alarms in pages)
    lines.append(f"{unread} alarms, {false} false on {len(pages)} pages")
    sys.stdout.write("\n".join(lines) + "\n")
    return int(any(alarms.undecided or alarms.false > MOST_FALSE_ALARMS for alarms in pages))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
