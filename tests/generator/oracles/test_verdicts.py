"""Each rule has the agreed verdicts for requests, responses and Python source; test_rules.py shows when it applies."""

from collections.abc import Mapping

from generator.changes.classify import Verdict
from generator.changes.rules import RULES

SIGNS = {Verdict.BREAKING: "B", Verdict.REVIEW: "?", Verdict.COMPATIBLE: "-"}

AGREED: Mapping[str, tuple[str, ...]] = {
    "- - -": (
        *("removal-announced", "operation-added", "optional-field-added", "field-added", "media-type-added"),
        *("security-widened", "request-optional", "response-required", "deprecation-changed"),
        *("request-number-widened", "number-narrowed", "request-nullable", "request-widened", "response-narrowed"),
        *("request-values-added", "response-values-listed", "request-inclusive", "response-exclusive"),
        *("elements-repeatable", "response-elements-unique"),
    ),
    "B B B": ("operation-removed",),
    "B B -": ("method-changed", "path-changed"),  # and not source: the method is named after the operationId
    "B - -": (
        "server-changed",  # and not source: an address has no type
        "header-parameter-removed",  # and not source: no argument is a header
        *("request-narrowed", "request-exclusive", "elements-unique"),
    ),
    "B - B": (
        *("parameter-removed", "parameter-location-changed", "required-field-added", "request-required"),
        *("body-removed", "request-media-type-removed", "map-restricted", "security-tightened"),
        *("request-type-changed", "request-not-nullable", "request-default-changed", "request-values-removed"),
    ),
    "- B B": (
        *("field-removed", "media-type-removed", "response-map-opened", "type-changed", "format-changed", "nullable"),
        "response-values-replaced",
    ),
    "- B -": (
        "response-optional",  # and not source: the client has a default for every field
        "status-changed",  # and not source: the method returns the same class
        "error-removed",  # and not source: all errors are of one class
        *("header-removed", "response-values-added", "response-widened", "response-inclusive"),
        *("response-elements-repeatable", "meaning-changed"),
    ),
    "- - B": (
        *("operation-renamed", "tag-renamed", "model-renamed", "path-parameter-renamed"),
        *("map-opened", "response-map-restricted", "not-nullable", "response-values-removed"),
    ),
    "- - ?": ("security-dropped",),
    "? - B": ("property-removed", "request-format-changed"),
    "- ? -": ("default-changed",),  # what is left out of a response stands for the default
    "? ? -": ("direction-changed",),  # and not source: the client keeps the field
    "? - -": ("request-meaning-changed",),
}
"""Verdicts -> rules; if they are not what was proposed at first, the reason."""


def test_each_rule_has_the_verdicts_agreed_on() -> None:
    signs = {
        rule.id: " ".join(SIGNS[getattr(rule.verdicts, axis)] for axis in ("request", "response", "source"))
        for rule in RULES
    }
    assert signs == {rule: sign for sign, rules in AGREED.items() for rule in rules}
