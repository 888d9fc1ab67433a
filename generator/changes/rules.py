"""Whom a change of the contract breaks: one table of rules, from a change to its verdicts."""

from __future__ import annotations

from .classify import (
    LOWER,
    UPPER,
    Rule,
    Verdict,
    allows_anonymous,
    forbids_unknown,
    is_header,
    is_of_map,
    is_required,
    is_whole,
    loses_alternative,
)
from .diff import Change

REQUEST = "parameter body"
RESPONSE = "response error answer header"
"""Families of parts: the answer of a call, an error, another good answer, and the headers of answers."""

ANY = "added removed narrowed widened changed"
NARROWING = "added narrowed changed"
WIDENING = "removed widened changed"
LIMITS = " ".join(sorted(UPPER | LOWER | {"pattern", "multipleOf"}))
"""Keywords that say which values there can be: to add one narrows, to remove one widens."""

_OPERATION = (
    Rule("operation-removed", "operation", "", "removed", "request response source", "calls of it fail"),
    Rule("operation-added", "operation", "", "added", "", "nobody calls it yet"),
    Rule(
        "method-changed", "operation", "method", ANY, "request response", "calls fail; the client's method is the same"
    ),
    Rule("path-changed", "operation", "path", ANY, "request response", "calls fail; the client's method is the same"),
    Rule(
        "server-changed",
        "operation",
        "server",
        ANY,
        "request",
        "calls go elsewhere; the client's default address is of the same type",
    ),
    Rule("server-removed", "operation", "servers", ANY, "request", "calls of that server fail", loses_alternative),
    Rule("server-added", "operation", "servers", ANY, "", "calls of the other servers are answered as before"),
    Rule("operation-renamed", "operation", "operationId", ANY, "source", "the client's method has another name"),
    Rule("tag-renamed", "operation", "tags", ANY, "source", "the client's method is found under another attribute"),
    Rule("model-renamed", RESPONSE + " body", "model", ANY, "source", "the client's class has another name"),
    Rule(
        "security-dropped",
        "operation",
        "security",
        ANY,
        "source?",
        "credentials are taken, and not needed",
        allows_anonymous,
    ),
    Rule(
        "security-tightened",
        "operation",
        "security",
        ANY,
        "request source",
        "callers lack the credentials that are asked for",
        loses_alternative,
    ),
    Rule("security-widened", "operation", "security", ANY, "", "the credentials of before are still taken"),
)

_WHOLE = (
    Rule(
        "parameter-location-changed",
        "parameter",
        "in",
        ANY,
        "request source",
        "it is not looked for where callers put it",
    ),
    Rule(
        "path-parameter-renamed",
        "parameter",
        "name",
        ANY,
        "source",
        "the call on the wire is the same, and the argument has another name",
    ),
    Rule(
        "header-parameter-removed",
        "parameter",
        "",
        "removed",
        "request",
        "callers send it; no argument is about it",
        is_header,
    ),
    Rule("parameter-removed", "parameter", "", "removed", "request source", "callers give it"),
    Rule("map-restricted", REQUEST, "", "added", "request source", "what was free in a map is so no more", is_of_map),
    Rule("map-opened", REQUEST, "", "removed", "source", "what a map may hold is free now", is_of_map),
    Rule(
        "answered-map-restricted",
        RESPONSE,
        "",
        "added",
        "source",
        "a map holds nothing new, by another type",
        is_of_map,
    ),
    Rule("answered-map-opened", RESPONSE, "", "removed", "response source", "a map may hold anything", is_of_map),
    Rule("required-field-added", REQUEST, "", "added", "request source", "callers do not give it yet", is_required),
    Rule("optional-field-added", REQUEST, "", "added", "", "callers can leave it out"),
    Rule("body-removed", "body", "", "removed", "request source", "callers give it", is_whole),
    Rule(
        "closed-property-removed",
        "body",
        "",
        "removed",
        "request source",
        "callers send it, and what is not described is refused",
        forbids_unknown,
    ),
    Rule(
        "property-removed",
        "body",
        "",
        "removed",
        "request? source",
        "callers send it; the contract does not say what becomes of it",
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
    Rule("answer-removed", "answer", "", "removed", "response source", "callers expect it", is_whole),
    Rule(
        "answer-added",
        "answer",
        "",
        "added",
        "response?",
        "callers may take another good answer for a failure",
        is_whole,
    ),
    Rule(
        "header-removed",
        "header",
        "",
        "removed",
        "response",
        "callers read it; in the client all headers are one mapping",
    ),
    Rule("field-removed", RESPONSE, "", "removed", "response source", "callers read it"),
    Rule("field-added", RESPONSE, "", "added", "", "callers pass over what they do not know"),
    Rule(
        "status-changed",
        "response",
        "status",
        ANY,
        "response",
        "callers wait for another status; the client's method is the same",
    ),
    Rule("sent-media-type-removed", "body", "content", ANY, "request source", "callers send it", loses_alternative),
    Rule("media-type-removed", RESPONSE, "content", ANY, "response source", "callers read it", loses_alternative),
    Rule("media-type-added", RESPONSE + " body", "content", ANY, "", "callers keep to the one that they know"),
)

_VALUES = (
    Rule("sent-number-widened", REQUEST, "type", "widened", "", "a whole number is a number"),
    Rule("number-narrowed", RESPONSE, "type", "narrowed", "", "a whole number is a number"),
    Rule("sent-type-changed", REQUEST, "type x-same-as", ANY, "request source", "callers send another kind of value"),
    Rule("type-changed", RESPONSE, "type x-same-as", ANY, "response source", "callers get another kind of value"),
    Rule(
        "sent-format-changed",
        REQUEST,
        "format",
        ANY,
        "request? source",
        "whether the values of before are taken depends on the formats",
    ),
    Rule("format-changed", RESPONSE, "format", ANY, "response source", "callers read the value in another way"),
    Rule(
        "sent-default-changed",
        REQUEST,
        "default",
        ANY,
        "request source",
        "a call that leaves it out means something else",
    ),
    Rule(
        "default-changed", RESPONSE, "default", ANY, "response?", "an answer that leaves it out may mean something else"
    ),
    Rule("sent-null-allowed", REQUEST, "nullable", "added", "", "callers need not send null"),
    Rule("sent-null-refused", REQUEST, "nullable", "removed", "request source", "callers may send null"),
    Rule("null-possible", RESPONSE, "nullable", "added", "response source", "callers do not expect null"),
    Rule("null-impossible", RESPONSE, "nullable", "removed", "", "callers get nothing new"),
    Rule("request-required", REQUEST, "required", "added", "request source", "callers may leave it out"),
    Rule(
        "request-optional",
        REQUEST,
        "required",
        "removed",
        "",
        "callers give it as before, and the argument takes what it took",
    ),
    Rule(
        "response-optional",
        RESPONSE,
        "required",
        "removed",
        "response",
        "callers rely on it; the client has a default for what is left out",
    ),
    Rule("response-required", RESPONSE, "required", "added", "", "callers get nothing new"),
    Rule(
        "request-values-removed",
        REQUEST,
        "enum oneOf",
        NARROWING,
        "request source",
        "callers may send a value that is gone",
    ),
    Rule("request-values-added", REQUEST, "enum oneOf", WIDENING, "", "what callers send is still taken"),
    Rule(
        "response-values-replaced",
        RESPONSE,
        "enum oneOf",
        "changed",
        "response source",
        "callers may get values they do not know, and know some that are gone",
    ),
    Rule(
        "response-values-added",
        RESPONSE,
        "enum oneOf",
        WIDENING,
        "response",
        "callers may get a value that an `enum` has ruled out",
    ),
    Rule(
        "response-values-removed",
        RESPONSE,
        "enum oneOf",
        "narrowed",
        "source",
        "callers get nothing new, and may compare with a value that is gone",
    ),
    Rule("response-values-listed", RESPONSE, "enum oneOf", "added", "", "callers get nothing new"),
    Rule("request-narrowed", REQUEST, LIMITS, NARROWING, "request", "what callers send may not be taken any more"),
    Rule("request-widened", REQUEST, LIMITS, WIDENING, "", "what callers send is still taken"),
    Rule("response-widened", RESPONSE, LIMITS, WIDENING, "response", "callers may get what could not come before"),
    Rule("response-narrowed", RESPONSE, LIMITS, NARROWING, "", "callers get nothing new"),
    Rule(
        "request-closed", REQUEST, "additionalProperties", "added", "request", "callers may send more than is described"
    ),
    Rule("request-opened", REQUEST, "additionalProperties", "removed", "", "what callers send is still taken"),
    Rule("response-closed", RESPONSE, "additionalProperties", ANY, "", "the client passes on what it does not know"),
    Rule(
        "direction-changed",
        REQUEST + " " + RESPONSE,
        "readOnly writeOnly",
        ANY,
        "request? response?",
        "who sets the value is for a person to say; the client keeps it in its class",
    ),
    Rule("request-exclusive", REQUEST, "x-one-of", "added widened changed", "request", "callers may send two of them"),
    Rule("request-inclusive", REQUEST, "x-one-of", "removed narrowed", "", "what callers send is still taken"),
    Rule(
        "response-inclusive",
        RESPONSE,
        "x-one-of",
        "removed narrowed changed",
        "response",
        "callers may get two of them",
    ),
    Rule("response-exclusive", RESPONSE, "x-one-of", "added widened", "", "callers get nothing new"),
    Rule(
        "elements-unique",
        REQUEST,
        "uniqueItems",
        "added",
        "request",
        "a list with an element twice is refused, as by any limit",
    ),
    Rule("elements-repeatable", REQUEST, "uniqueItems", "removed", "", "what callers send is still taken"),
    Rule(
        "answered-elements-repeatable",
        RESPONSE,
        "uniqueItems",
        "removed",
        "response",
        "callers may get an element twice",
    ),
    Rule("answered-elements-unique", RESPONSE, "uniqueItems", "added", "", "callers get nothing new"),
    Rule(
        "sent-meaning-changed",
        REQUEST,
        "x-unit x-unique-within",
        ANY,
        "request?",
        "what callers mean by the value is for a person to say",
    ),
    Rule("meaning-changed", RESPONSE, "x-unit x-unique-within", ANY, "response", "the same value means something else"),
    Rule(
        "serialization-changed",
        "parameter",
        "style explode allowReserved",
        ANY,
        "request",
        "what callers send is read in another way",
    ),
    Rule(
        "shape-changed",
        f"{REQUEST} {RESPONSE}",
        "schema",
        "changed",
        "request? response?",
        "a message in the query, or another media type, is not looked into",
    ),
    Rule("schema-restated", f"{REQUEST} {RESPONSE}", "schema", ANY, "", "its type or media type tells it"),
    Rule("deprecation-changed", f"operation {REQUEST} {RESPONSE}", "deprecated", ANY, "", "it works as it did before"),
)

RULES = (*_OPERATION, *_WHOLE, *_VALUES)
"""The first rule that fits counts."""

UNDECIDED = Rule("undecided", "", "", "", "request? response? source?", "no rule of the table is about it")
"""What counts where no rule fits."""


def rule_of(change: Change) -> Rule:
    """The rule that a change is judged by."""
    return next((rule for rule in RULES if rule.matches(change)), UNDECIDED)


def verdict(change: Change) -> Verdict:
    """What a change does all in all: the worst of its verdicts."""
    return rule_of(change).verdicts.overall
