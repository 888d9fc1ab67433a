"""Every command: its arguments, and its run, which calls and prints. What it does is elsewhere.

What a command needs is imported where it runs: all of it together takes a second.
"""

# ruff: noqa: PLC0415  # see above

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from .errors import InputError, Location

if TYPE_CHECKING:
    from .vendoring import Outcome

HOLDS, DOES_NOT_HOLD, UNREADABLE = 0, 1, 2
"""Exit statuses of every command."""


@frozen
class Command:
    """What a command does in one line, the arguments that it takes, and its run, which gives the exit status."""

    summary: str
    arguments: Callable[[ArgumentParser], object]
    run: Callable[[Namespace], int]


def _aside(lines: Iterable[str]) -> None:
    """What is no result goes to standard error."""
    sys.stderr.write("".join(f"{line}\n" for line in lines))


SPECIFICATION, CLIENT = Path("spec/openapi.yaml"), Path("generated_client")
"""Those of this project."""


def _specification(parser: ArgumentParser) -> None:
    default = SPECIFICATION
    parser.add_argument("--spec", metavar="FILE", type=Path, default=default, help=f"the specification ({default})")


def _with_client(parser: ArgumentParser) -> None:
    """A specification and the client that is generated from it."""
    _specification(parser)
    parser.add_argument("--client", metavar="FOLDER", type=Path, default=CLIENT, help=f"the client ({CLIENT})")


def _read_arguments(parser: ArgumentParser) -> None:
    page = "a page of the documentation, in Markdown, or a folder of them"
    parser.add_argument("pages", metavar="PAGE", nargs="+", type=Path, help=page)
    parser.add_argument("--format", choices=("json", "yaml", "table"), default="json", help="how to print the facts")
    parser.add_argument(
        "--lock", metavar="FILE", type=Path, help="write the facts of the page there, to be held against"
    )


def _read(options: Namespace) -> int:
    from .reading import pages_in, printed, read

    readings = read(pages_in(options.pages), options.format, options.lock)
    sys.stdout.write(printed(readings, options.format))
    said = [line for one in readings for line in (one.refusal, *one.doubts) if line]
    _aside(said)
    if any(one.refusal for one in readings):
        return UNREADABLE
    return DOES_NOT_HOLD if said else HOLDS


def _draft_arguments(parser: ArgumentParser) -> None:
    _specification(parser)
    parser.add_argument("pages", metavar="PAGE", nargs="+", type=Path, help="a page of the documentation, in Markdown")
    parser.add_argument(
        "--into",
        metavar="FOLDER",
        type=Path,
        help="write the document there, with the facts of the pages beside it; a new folder",
    )


def _draft(options: Namespace) -> int:
    from .drafting import draft, write

    drafted = draft(options.pages, options.spec)
    if options.into:
        write(drafted, options.into)
    else:
        sys.stdout.write(drafted.document)
    _aside(drafted.doubts)
    return DOES_NOT_HOLD if drafted.doubts else HOLDS


def _contract_arguments(parser: ArgumentParser) -> None:
    _specification(parser)
    parser.add_argument(
        "--client", metavar="FOLDER", type=Path, help=f"the client ({CLIENT}; of another specification: none)"
    )
    parser.add_argument("--page", metavar="FILE", type=Path, help="a page of the documentation to read anew")
    parser.add_argument(
        "--propose", action="store_true", help="print the diff that lets the specification say what the page says"
    )
    parser.add_argument("--format", choices=("table", "json"), default="table", help="how to print the report")


def _contract(options: Namespace) -> int:
    from .contract.agreement import check
    from .contract.report import as_data, as_text
    from .witnesses import Sources, call

    if options.propose:
        return _propose(options)
    client = options.client or (CLIENT if options.spec == SPECIFICATION else None)
    called = call(Sources(options.spec, client, options.page))
    report = check(called.claims, called.known)
    as_json = options.format == "json"
    sys.stdout.write(json.dumps(as_data(report), indent=2, ensure_ascii=False) + "\n" if as_json else as_text(report))
    _aside(called.not_called)
    return DOES_NOT_HOLD if report.differences else HOLDS


def _propose(options: Namespace) -> int:
    from .drift import propose

    if options.page is None:
        raise InputError("needs the page that the specification is to follow; name it by --page", Location("--propose"))
    proposal = propose(options.spec, options.page)
    sys.stdout.write(proposal.diff)
    _aside(proposal.left)
    return DOES_NOT_HOLD if proposal.diff or proposal.left else HOLDS


def _history_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("pages", metavar="PAGE", nargs="+", type=Path, help="an edition of a page, the oldest first")


def _history(options: Namespace) -> int:
    from .contract.editions import as_table
    from .readers import documentation

    sys.stdout.write(as_table([documentation.read(page) for page in options.pages]))
    return HOLDS


def _review_arguments(parser: ArgumentParser) -> None:
    _with_client(parser)
    parser.add_argument("--base", metavar="REV", help="a revision of git, or a file, to hold it against (last release)")
    default = Path("build/review.html")
    parser.add_argument("--output", metavar="FILE", type=Path, default=default, help=f"where the page goes ({default})")


def _review(options: Namespace) -> int:
    from .reviewing import review, told
    from .writers.review.page import page_of, write

    outcome = review(options.spec, options.client, options.base)
    write(page_of(outcome.review), options.output)
    sys.stdout.write(told(outcome, options.output))
    return HOLDS if outcome.holds else DOES_NOT_HOLD


def _lint_arguments(parser: ArgumentParser) -> None:
    default = SPECIFICATION
    parser.add_argument(
        "specification", metavar="SPEC", nargs="?", type=Path, default=default, help=f"the specification ({default})"
    )


def _lint(options: Namespace) -> int:
    from .style.judge import as_text, findings_in

    findings = findings_in(options.specification)
    sys.stdout.write(as_text(findings, options.specification))
    return DOES_NOT_HOLD if findings else HOLDS


def _changes_arguments(parser: ArgumentParser) -> None:
    _specification(parser)
    for name in ("old", "new"):
        parser.add_argument(name, metavar=name.upper(), help="a specification, or a revision of git that has one")
    parser.add_argument(
        "--format", choices=("table", "json", "markdown", "annotations"), default="table", help="how to print"
    )


def _changes(options: Namespace) -> int:
    from .contract.judgement import FORMS, judge
    from .contract.rules import Verdict
    from .revisions import specification_at

    found = judge(*(specification_at(name, options.spec) for name in (options.old, options.new)))
    sys.stdout.write(FORMS[options.format](found))
    return DOES_NOT_HOLD if found.verdict is Verdict.BREAKING else HOLDS


def _generate_arguments(parser: ArgumentParser) -> None:
    _with_client(parser)
    parser.add_argument("--check", action="store_true", help="write nothing; show how the client differs, if it does")


def _generate(options: Namespace) -> int:
    from .generation import difference, generate

    if not options.check:
        sys.stdout.write("".join(f"{line}\n" for line in generate(options.spec, options.client)))
        return HOLDS
    found = difference(options.spec, options.client)
    sys.stdout.write(found)
    if found:
        _aside([f"{options.client}: is not what {options.spec} generates; repair it by `make generate`"])
    return DOES_NOT_HOLD if found else HOLDS


def _vendor_arguments(parser: ArgumentParser) -> None:
    _with_client(parser)
    parser.add_argument("destination", metavar="DEST", type=Path, help="the folder that is to be the copy")
    parser.add_argument("--name", help="the package in DEST that is to be the copy, instead of DEST itself")
    does = parser.add_mutually_exclusive_group()
    does.add_argument("--force", action="store_true", help="renew the copy though edits or a newer version are lost")
    does.add_argument("--check", action="store_true", help="write nothing; say whether the copy is whole and current")


def _vendor(options: Namespace) -> int:
    from .vendoring import Source, check, vendor
    from .writers.vendored import target_of

    source, target = Source(options.spec, options.client), target_of(options.destination, options.name)
    return _tell(check(source, target) if options.check else vendor(source, target, force=options.force))


def _wheel_arguments(parser: ArgumentParser) -> None:
    _with_client(parser)
    default = Path("dist")
    parser.add_argument("destination", metavar="DEST", nargs="?", type=Path, default=default, help=f"where ({default})")


def _wheel(options: Namespace) -> int:
    from .vendoring import Source, wheel

    return _tell(wheel(Source(options.spec, options.client), options.destination))


def _release(options: Namespace) -> int:
    from .vendoring import Source, release

    return _tell(release(Source(options.spec, options.client)))


def _tell(outcome: Outcome) -> int:
    sys.stdout.write("".join(f"{line}\n" for line in outcome.lines))
    return HOLDS if outcome.holds else DOES_NOT_HOLD


def _serve_arguments(parser: ArgumentParser) -> None:
    _specification(parser)
    parser.add_argument("--port", metavar="NUMBER", type=int, help="the port of 127.0.0.1 (a free one)")
    parser.add_argument(
        "--fault",
        metavar="FAULT",
        action="append",
        default=[],
        help="what goes wrong, such as code=14, delay=2 or cut; of several, each befalls a request in turn",
    )


def _serve(options: Namespace) -> int:
    from .standin.serve import serve

    return serve(options.spec, options.port, options.fault)


def _demo(options: Namespace) -> int:
    from .standin.demo import demo

    return demo(options.spec)


COMMANDS: Mapping[str, Command] = {
    "read": Command("print the facts of documentation pages", _read_arguments, _read),
    "draft": Command("write a first specification of methods from their documentation pages", _draft_arguments, _draft),
    "history": Command("say which facts came and went between editions of a page", _history_arguments, _history),
    "contract": Command("hold the specification against its witnesses", _contract_arguments, _contract),
    "review": Command("write the page on which a reviewer judges the specification", _review_arguments, _review),
    "lint": Command("hold the specification against the rules of its style", _lint_arguments, _lint),
    "changes": Command("say what changed between two specifications and whom it breaks", _changes_arguments, _changes),
    "generate": Command("write the client and say which facts changed", _generate_arguments, _generate),
    "vendor": Command(
        "copy the client into a consumer's tree, renew it there, or check it", _vendor_arguments, _vendor
    ),
    "wheel": Command("build the client as wheel and sdist", _wheel_arguments, _wheel),
    "release": Command("lock the facts of the contract's version as released", _with_client, _release),
    "serve": Command("serve the specification's examples until interrupted", _serve_arguments, _serve),
    "demo": Command("get an image through the client from a stand-in, and print it", _specification, _demo),
}
"""Every command by its name."""
