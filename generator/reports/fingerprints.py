"""Fingerprints: the same for the same fact, whatever its line, so that other programs recognise it."""

from __future__ import annotations

import json
from hashlib import sha256

from generator.changes.diff import Change
from generator.contract.difference import Difference
from generator.lint.linter import Finding


def fingerprint(*identity: str) -> str:
    """Return the SHA-256 of what identifies a row."""
    return sha256(json.dumps(identity).encode()).hexdigest()


def difference_fingerprint(operation: str, difference: Difference) -> str:
    """Return the fingerprint of a difference; one that is about no parameter or field is known by its values."""
    left, right = difference.left, difference.right
    values = () if difference.path or difference.keyword else (str(left.value), str(right.value))
    subject = (difference.part, difference.path, difference.keyword)
    return fingerprint(left.witness, right.witness, operation, *subject, difference.id, *values)


def change_fingerprint(change: Change) -> str:
    """Return the fingerprint of a change: of its operation, part, path, keyword and rule."""
    difference = change.difference
    return fingerprint(change.operation, difference.part, difference.path, difference.keyword, change.rule.id)


def finding_fingerprint(finding: Finding) -> str:
    """Return the fingerprint of a finding: of its rule, its place in the document and its sentence."""
    return fingerprint(finding.rule.id, finding.location.pointer, finding.sentence)
