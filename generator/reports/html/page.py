"""Renders the review page."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from generator.contract.match import operation_key
from generator.contract.text import escape_control
from generator.reports.page_template import render_page

from .cells import AXES, DECISION_BADGES, VERDICT_BADGES, rule_badge, safe_href, with_code
from .rows import STATUS_BADGES, WITNESS_LABELS, addition_rows, coverage_rows, status_counts, subjects
from .values import OperationReview, Review
from .verdict import checks, differences_by_fact, reasons, side_cell, sorted_changes, witness_cells

_FOLDER = Path(__file__).parent


def format_page(review: Review) -> str:
    """Format the page: HTML that loads nothing, runs nothing, and escapes every text."""
    return render_page(
        _FOLDER,
        _escaped,
        review=review,
        overall=DECISION_BADGES[review.decisions.overall],
        checks=checks(review),
        reason=with_code(" ".join(reasons(review))),
        with_code=with_code,
        changes=sorted_changes(review),
        differences=differences_by_fact(review),
        rule_badge=rule_badge,
        verdict_badges=VERDICT_BADGES,
        side_cell=partial(side_cell, review),
        witness_cells=partial(witness_cells, review),
        axes=[axis[:1].upper() + axis[1:] for axis in AXES],
        witnesses=list(WITNESS_LABELS.values()),
        statuses=list(STATUS_BADGES.values()),
        operations=[_operation(review, operation) for operation in review.operations],
    )


def _operation(review: Review, operation: OperationReview) -> Mapping[str, Any]:
    return {
        "name": operation_key(operation.evidence.contract),
        "counts": list(status_counts(operation)),
        "call": operation.call,
        "examples": len(operation.examples),
        "coverage": list(coverage_rows(operation)),
        "documentation": safe_href(operation.documentation),
        "subjects": list(subjects(review, operation)),
        "additions": list(addition_rows(review, operation)),
    }


def _escaped(value: object) -> object:
    """Escape control characters of a printed value; our own markup is kept."""
    return value if isinstance(value, Markup) else "\n".join(map(escape_control, str(value).split("\n")))
