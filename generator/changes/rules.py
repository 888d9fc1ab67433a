"""The table of compatibility rules: one row per kind of change, with its verdicts."""

from __future__ import annotations

from generator.contract.difference import Difference

from .classify import (
    LOWER,
    NO_CIRCUMSTANCES,
    UPPER,
    Circumstances,
    Rule,
    allows_anonymous,
    is_announced,
    is_header,
    is_of_map,
    is_required,
    is_whole,
    loses_alternative,
)

REQUEST = "parameter body"
RESPONSE = "response error header"
"""Families of parts: the response of a call, an error, and response headers."""
EVERYWHERE = f"operation {REQUEST} {RESPONSE}"

ANY = "added removed narrowed widened changed"
NARROWING = "added narrowed changed"
WIDENING = "removed widened changed"
LIMITS = " ".join(sorted(UPPER | LOWER | {"pattern"}))
"""Keywords that limit values: adding one narrows, removing one widens."""

_ANNOUNCED = (
    Rule(
        "removal-announced",
        EVERYWHERE,
        "",
        "removed",
        "",
        "its removal was announced, and its `x-sunset` has passed",
        is_announced,
    ),
)

_OPERATION = (
    Rule("operation-removed", "operation", "", "removed", "request response source", "calls of it fail"),
    Rule("operation-added", "operation", "", "added", "", "no caller uses it yet"),
    Rule(
        "method-changed", "operation", "method", ANY, "request response", "calls fail; the client's method is the same"
    ),
    Rule("path-changed", "operation", "path", ANY, "request response", "calls fail; the client's method is the same"),
    Rule(
        "server-changed",
        "operation",
        "server servers",
        ANY,
        "request",
        "calls go to another host; the client's code stays the same",
    ),
    Rule("operation-renamed", "operation", "operationId", ANY, "source", "the client's method has another name"),
    Rule("tag-renamed", "operation", "tags", ANY, "source", "the client's method moves to another attribute"),
    Rule("model-renamed", RESPONSE + " body", "model", ANY, "source", "the client's class has another name"),
    Rule(
        "security-dropped",
        "operation",
        "security",
        ANY,
        "source?",
        "credentials are accepted but not needed",
        allows_anonymous,
    ),
    Rule(
        "security-tightened",
        "operation",
        "security",
        ANY,
        "request source",
        "callers lack the required credentials",
        loses_alternative,
    ),
    Rule("security-widened", "operation", "security", ANY, "", "existing credentials are still accepted"),
)

_WHOLE = (
    Rule(
        "parameter-location-changed",
        "parameter",
        "in",
        ANY,
        "request source",
        "the service does not look where callers put it",
    ),
    Rule(
        "path-parameter-renamed",
        "parameter",
        "name",
        ANY,
        "source",
        "the call on the wire is the same; the argument has another name",
    ),
    Rule(
        "header-parameter-removed",
        "parameter",
        "",
        "removed",
        "request",
        "callers send it; no argument sets it",
        is_header,
    ),
    Rule("parameter-removed", "parameter", "", "removed", "request source", "callers send it"),
    Rule("map-restricted", REQUEST, "", "added", "request source", "the map accepted any entry before", is_of_map),
    Rule("map-opened", REQUEST, "", "removed", "source", "the map accepts any entry now; its type changes", is_of_map),
    Rule(
        "response-map-restricted",
        RESPONSE,
        "",
        "added",
        "source",
        "the map has no new entries; its type changes",
        is_of_map,
    ),
    Rule("response-map-opened", RESPONSE, "", "removed", "response source", "the map may hold any entry", is_of_map),
    Rule("required-field-added", REQUEST, "", "added", "request source", "callers do not send it yet", is_required),
    Rule("optional-field-added", REQUEST, "", "added", "", "callers can omit it"),
    Rule("body-removed", "body", "", "removed", "request source", "callers send it", is_whole),
    Rule(
        "property-removed",
        "body",
        "",
        "removed",
        "request? source",
        "callers send it; the contract does not say if it is ignored",
    ),
    Rule(
        "error-removed",
        "error",
        "",
        "removed",
        "response",
        "callers expect it; the client has one class for all errors",
        is_whole,
    ),
    Rule(
        "header-removed",
        "header",
        "",
        "removed",
        "response",
        "callers read it; the client has one mapping for all headers",
    ),
    Rule("field-removed", RESPONSE, "", "removed", "response source", "callers read it"),
    Rule("field-added", RESPONSE, "", "added", "", "clients ignore unknown fields"),
    Rule(
        "status-changed",
        "response",
        "status",
        ANY,
        "response",
        "callers expect the old status; the client's method is the same",
    ),
    Rule("request-media-type-removed", "body", "content", ANY, "request source", "callers send it", loses_alternative),
    Rule("media-type-removed", RESPONSE, "content", ANY, "response source", "callers read it", loses_alternative),
    Rule("media-type-added", RESPONSE + " body", "content", ANY, "", "callers keep using the one that they know"),
)

_VALUES = (
    Rule("request-number-widened", REQUEST, "type", "widened", "", "a whole number is a number"),
    Rule("number-narrowed", RESPONSE, "type", "narrowed", "", "a whole number is a number"),
    Rule("request-type-changed", REQUEST, "type x-same-as", ANY, "request source", "callers send another type"),
    Rule("type-changed", RESPONSE, "type x-same-as", ANY, "response source", "callers receive another type"),
    Rule(
        "request-format-changed",
        REQUEST,
        "format",
        ANY,
        "request? source",
        "existing values may be invalid, depending on the formats",
    ),
    Rule("format-changed", RESPONSE, "format", ANY, "response source", "callers parse the value by its old format"),
    Rule("request-nullable", REQUEST, "nullable", "added", "", "existing requests stay valid"),
    Rule("request-not-nullable", REQUEST, "nullable", "removed", "request source", "callers may send null"),
    Rule("nullable", RESPONSE, "nullable", "added", "response source", "callers may receive no value"),
    Rule("not-nullable", RESPONSE, "nullable", "removed", "source", "an absent value was None, and is the empty one"),
    Rule(
        "request-default-changed", REQUEST, "default", ANY, "request source", "a call that omits it has another meaning"
    ),
    Rule("default-changed", RESPONSE, "default", ANY, "response?", "a response that omits it may have another meaning"),
    Rule("request-required", REQUEST, "required", "added", "request source", "callers may omit it"),
    Rule(
        "request-optional",
        REQUEST,
        "required",
        "removed",
        "",
        "callers may keep sending it; the argument accepts the same values",
    ),
    Rule(
        "response-optional",
        RESPONSE,
        "required",
        "removed",
        "response",
        "callers rely on it; the client substitutes an empty value",
    ),
    Rule("response-required", RESPONSE, "required", "added", "", "callers receive no new values"),
    Rule("request-values-removed", REQUEST, "enum", NARROWING, "request source", "callers may send a removed value"),
    Rule("request-values-added", REQUEST, "enum", WIDENING, "", "existing requests stay valid"),
    Rule(
        "response-values-replaced",
        RESPONSE,
        "enum",
        "changed",
        "response source",
        "callers may receive unknown values, and refer to removed ones",
    ),
    Rule(
        "response-values-added",
        RESPONSE,
        "enum",
        WIDENING,
        "response",
        "callers may receive a value that the `enum` excluded",
    ),
    Rule("response-values-removed", RESPONSE, "enum", "narrowed", "source", "callers may refer to a removed value"),
    Rule("response-values-listed", RESPONSE, "enum", "added", "", "callers receive no new values"),
    Rule("request-narrowed", REQUEST, LIMITS, NARROWING, "request", "existing requests may be rejected"),
    Rule("request-widened", REQUEST, LIMITS, WIDENING, "", "existing requests stay valid"),
    Rule(
        "response-widened", RESPONSE, LIMITS, WIDENING, "response", "callers may receive values outside the old limit"
    ),
    Rule("response-narrowed", RESPONSE, LIMITS, NARROWING, "", "callers receive no new values"),
    Rule(
        "direction-changed",
        REQUEST + " " + RESPONSE,
        "readOnly writeOnly",
        ANY,
        "request? response?",
        "a person decides who sets the value; the client's class is the same",
    ),
    Rule("request-exclusive", REQUEST, "x-one-of", "added widened changed", "request", "callers may send two of them"),
    Rule("request-inclusive", REQUEST, "x-one-of", "removed narrowed", "", "existing requests stay valid"),
    Rule(
        "response-inclusive",
        RESPONSE,
        "x-one-of",
        "removed narrowed changed",
        "response",
        "callers may receive two of them",
    ),
    Rule("response-exclusive", RESPONSE, "x-one-of", "added widened", "", "callers receive no new values"),
    Rule("elements-unique", REQUEST, "uniqueItems", "added", "request", "a list with duplicates is rejected"),
    Rule("elements-repeatable", REQUEST, "uniqueItems", "removed", "", "existing requests stay valid"),
    Rule(
        "response-elements-repeatable", RESPONSE, "uniqueItems", "removed", "response", "callers may receive duplicates"
    ),
    Rule("response-elements-unique", RESPONSE, "uniqueItems", "added", "", "callers receive no new values"),
    Rule(
        "request-meaning-changed",
        REQUEST,
        "x-unit x-unique-within",
        ANY,
        "request?",
        "a person decides what callers mean by the value",
    ),
    Rule("meaning-changed", RESPONSE, "x-unit x-unique-within", ANY, "response", "the same value has another meaning"),
    Rule("deprecation-changed", EVERYWHERE, "deprecated x-sunset", ANY, "", "it works as before"),
)

RULES = (*_ANNOUNCED, *_OPERATION, *_WHOLE, *_VALUES)
"""The rules; the first one that matches counts."""

UNDECIDED = Rule("undecided", "", "", "", "request? response? source?", "no rule covers it")
"""The rule for a change that no other rule matches."""


def rule_of(difference: Difference, circumstances: Circumstances = NO_CIRCUMSTANCES) -> Rule:
    """Return the rule for a difference from an older contract to a newer one."""
    return next((rule for rule in RULES if rule.matches(difference, circumstances)), UNDECIDED)
