"""Merges new methods into a specification: one diff of the specification, of its locks and of its known differences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from generator.contract.compare import compare
from generator.contract.facts import Contract
from generator.contract.known_differences import dump_known_differences
from generator.contract.match import operation_key
from generator.errors import InputError, join_pointer
from generator.extras.draft.components import Components
from generator.extras.draft.conventions import PlainMapping, conventions_of, to_plain
from generator.extras.draft.descriptors import SOURCE, differences_from, read_descriptors
from generator.extras.draft.document import draft_paths, draft_schemas, draft_tag, lock_name
from generator.extras.draft.from_pages import REASON, Draft
from generator.extras.draft.methods import TODO, MethodDraft, method_of
from generator.extras.draft.names import host_of
from generator.readers import openapi
from generator.readers.documentation.fetch import is_url
from generator.readers.openapi.objects import METHODS
from generator.readers.witnesses import WitnessPaths
from generator.yaml_document import load_text, loads

from .context import SCHEMAS, PatchContext, adopt_names
from .diffs import diff_of
from .edits import propose_text
from .spec_patch import contract_of, format_unresolved
from .yaml_editor import Edit, YamlEditor


@frozen
class MethodsPatch:
    """A unified diff that adds methods, and a line for each fact of their pages that it does not state."""

    diff: str
    unresolved: tuple[str, ...]


def merge_methods(draft: Draft, specification: Path) -> MethodsPatch:
    """Return the diff that adds the methods of a draft to a specification, its locks and its known differences.

    A message with the facts of an existing component becomes a reference to it. Raises InputError for a method that
    the specification has, and for one of another host.
    """
    before, text = openapi.read(specification), load_text(specification)
    for page in draft.pages:
        _check_new(page, before, specification)
    merged = _with_new_methods(text, before, specification, draft.completed)
    for page in draft.pages:
        contracts = openapi.parse_specification(loads(merged, str(specification))).contracts
        contract = contract_of(page, contracts, specification)
        merged = propose_text(PatchContext.of(YamlEditor.of(merged), contract, page), compare(contract, page))
    contracts = openapi.parse_specification(loads(merged, str(specification))).contracts
    after = [contract_of(page, contracts, specification) for page in draft.pages]
    paths = WitnessPaths(specification)
    locks = [(paths.documented / name, lock) for name, lock in draft.locks.items()]
    diffs = [
        diff_of(specification, text, merged),
        *(diff_of(path, None, lock) for path, lock in locks),
        _urls_diff(paths.pages, draft.pages),
        _known_differences_diff(paths.known_differences, after),
    ]
    unresolved = (
        format_unresolved(difference)
        for contract, page in zip(after, draft.pages, strict=True)
        for difference in compare(contract, page)
        if difference.id not in {"unread", "disagreement"}
    )
    return MethodsPatch("".join(diffs), tuple(unresolved))


def _check_new(page: Contract, existing: Sequence[Contract], specification: Path) -> None:
    for contract in existing:
        if operation_key(contract) == operation_key(page):
            message = (
                f"describes {operation_key(page)}, which {contract.operation.location} has; "
                f"`contract --page PAGE --patch` prints the edit for a changed page"
            )
            raise InputError(message, page.operation.location)
        hosts = host_of(contract.operation.url), host_of(page.operation.url)
        if all(hosts) and len({*hosts}) > 1:
            message = (
                f"has the host {hosts[1]}, and {specification} has {hosts[0]}; use `draft --output` for a new spec"
            )
            raise InputError(message, page.operation.location)


def _with_new_methods(text: str, before: Sequence[Contract], specification: Path, pages: Sequence[Contract]) -> str:
    document, editor = loads(text, str(specification)), YamlEditor.of(text)
    schemas = document.get("components", {}).get("schemas")
    if not schemas:
        raise InputError("has no components.schemas to add messages to; write one first", document.location)
    components = Components.reserving(schemas)
    for contract in before:
        for fields in (contract.body, contract.response.fields):
            adopt_names(components, fields)
    methods, conventions = [*map(method_of, pages)], conventions_of(document)
    components.assign_names([body for method in methods for body in method.bodies])
    items, new = draft_paths(methods, components, conventions), draft_schemas(methods, components)
    return editor.edited([*_path_edits(editor, items), *_tag_edits(editor, methods), *_schema_edits(editor, new)])


def _path_edits(editor: YamlEditor, items: dict[str, PlainMapping]) -> Iterator[Edit]:
    paths = editor.keys("#/paths")
    for path, operations in items.items():
        if path not in paths:
            yield _after_blank_line(editor.with_key("#/paths", path, operations, paths))
        else:
            pointer = join_pointer("#/paths", path)
            yield from (editor.with_key(pointer, method, node, METHODS) for method, node in operations.items())


def _tag_edits(editor: YamlEditor, methods: Sequence[MethodDraft]) -> Iterator[Edit]:
    tags = editor.items("#/tags")
    known = {editor.scalar(f"#/tags/{position}/name") for position in range(len(tags))}
    collections = dict.fromkeys(method.names.collection for method in methods)
    for collection in collections if tags else ():
        if collection not in known:
            yield editor.with_item("#/tags", len(tags), draft_tag(collection))


def _schema_edits(editor: YamlEditor, schemas: PlainMapping) -> Iterator[Edit]:
    known = editor.keys(SCHEMAS)
    for name, schema in schemas.items():
        if name not in known:
            yield _after_blank_line(editor.with_key(SCHEMAS, name, schema, known))
        elif editor.scalar(source := f"{SCHEMAS}/{name}/x-source"):
            yield from editor.without([source])  # a page documents it now


def _after_blank_line(edit: Edit) -> Edit:
    return Edit(edit.start, edit.end, f"\n{edit.text}", edit.rank)


def _urls_diff(path: Path, pages: Sequence[Contract]) -> str:
    """The diff that adds the addresses of new pages; that of a page from a file is left to a person."""
    if not path.exists():
        return ""
    text = load_text(path)
    editor = YamlEditor.of(text)
    known = editor.keys("#/pages")
    files = {lock_name(page): page.operation.location.file for page in pages}
    addresses = {lock: file if is_url(file) else TODO for lock, file in files.items()}
    edits = (editor.with_key("#/pages", lock, address, known) for lock, address in addresses.items())
    return diff_of(path, text, editor.edited(edits))


def _known_differences_diff(path: Path, contracts: Sequence[Contract]) -> str:
    """The diff that lists the differences of new methods from the descriptors."""
    differences = differences_from(contracts, read_descriptors(contracts))
    if not differences:
        return ""
    whole = dump_known_differences(differences, REASON, SOURCE)
    if not path.exists():
        return diff_of(path, None, whole)
    text = load_text(path)
    editor, entries = YamlEditor.of(text), to_plain(loads(whole, str(path))["known"])
    listed = len(editor.items("#/known"))
    if not listed:
        return diff_of(path, text, editor.edited([_first_entries(editor, whole)]))
    edits = [editor.with_item("#/known", listed, entry) for entry in entries]
    return diff_of(path, text, editor.edited(edits))


def _first_entries(editor: YamlEditor, whole: str) -> Edit:
    """Replace `[]` by the entries of a whole list."""
    node = editor.required_node("#/known")
    entries = whole.partition("known:\n")[2].rstrip("\n")
    return Edit(len(editor.text[: node.start_mark.index].rstrip()), node.end_mark.index, f"\n{entries}")
