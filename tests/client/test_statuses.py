"""Each status other than the documented success is an error, chosen by status and gRPC code."""

from importlib import import_module
from typing import Any

import pytest

from generated_client import Status, errors
from generated_client.errors import StatusError, UnexpectedStatus
from generated_client.testing._gateway import CODES as GATEWAY_CODES
from tests.client.callers import Caller
from tests.client.peer import Peer

CODES: dict[int, tuple[type[StatusError], int]] = {
    1: (errors.Cancelled, 499),
    2: (errors.Unknown, 500),
    3: (errors.InvalidArgument, 400),
    4: (errors.DeadlineExceeded, 504),
    5: (errors.NotFound, 404),
    6: (errors.AlreadyExists, 409),
    7: (errors.PermissionDenied, 403),
    8: (errors.ResourceExhausted, 429),
    9: (errors.FailedPrecondition, 400),
    10: (errors.Aborted, 409),
    11: (errors.OutOfRange, 400),
    12: (errors.Unimplemented, 501),
    13: (errors.Internal, 500),
    14: (errors.Unavailable, 503),
    15: (errors.DataLoss, 500),
    16: (errors.Unauthenticated, 401),
}
"""gRPC code -> its exception, and the HTTP status that it travels under."""

WITHOUT_CODE: dict[int, type[StatusError]] = {
    400: errors.InvalidArgument,
    401: errors.Unauthenticated,
    403: errors.PermissionDenied,
    404: errors.NotFound,
    409: errors.Aborted,
    429: errors.ResourceExhausted,
    499: errors.Cancelled,
    500: errors.Internal,
    501: errors.Unimplemented,
    503: errors.Unavailable,
    504: errors.DeadlineExceeded,
}
"""HTTP status -> the exception where the body does not say more, or says what does not go with the status."""

UNDOCUMENTED = [
    *(201, 202, 203, 204, 206, 226, 300, 301, 302, 304, 307, 308, 402, 405, 406, 410, 418, 422, 451),
    *(498, 502, 505, 520, 599, 600, 999),
]


@pytest.mark.parametrize("status", WITHOUT_CODE)
def test_a_status_with_a_code_is_the_exception_of_the_code_where_they_belong_together(
    caller: Caller, peer: Peer, status: int
) -> None:
    for code in (-1, 0, *CODES, 17, 2**31 - 1):
        peer.respond_with(status, {"code": code, "message": "why"})
        error = caller.error_of(StatusError)
        kind, usual_status = CODES.get(code, (UnexpectedStatus, 0))
        assert (code, type(error)) == (code, kind if usual_status == status else WITHOUT_CODE[status])
        assert (type(error.status_code), error.status_code) == (int, status)
        assert error.status == Status(code=code, message="why")
        assert (error.message, error.details) == ("why", [])


@pytest.mark.parametrize("status", WITHOUT_CODE)
def test_a_status_whose_body_does_not_say_more_is_the_exception_of_the_status(
    caller: Caller, peer: Peer, status: int
) -> None:
    for body in (b"", b"<html>", b"[]", b"null", b'{"code": "five"}', b'{"details": [0]}', b"\xff"):
        peer.respond_with(status, body)
        error = caller.error_of(StatusError)
        assert (body, type(error)) == (body, WITHOUT_CODE[status])
        assert (error.status, error.message, [*error.details]) == (None, "", [])
        assert error.body == body


@pytest.mark.parametrize("status", UNDOCUMENTED)
def test_an_undocumented_status_is_an_error_of_its_own(caller: Caller, peer: Peer, status: int) -> None:
    for body in (b"", b"<html>\n</html>", b'{"code": 5, "message": "why"}', b'{"id": "crp1"}'):
        peer.respond_with(status, b"" if status in {204, 304} else body)
        error = caller.error_of(StatusError)
        assert (body, type(error)) == (body, UnexpectedStatus)
        assert (type(error.status_code), error.status_code) == (int, status)


def test_the_details_of_a_status_are_at_hand(caller: Caller, peer: Peer) -> None:
    details: list[dict[str, Any]] = [{"@type": "type.googleapis.com/google.rpc.RequestInfo", "requestId": "r"}]
    peer.respond_with(403, {"code": 7, "message": "no", "details": details, "new": 1})
    error = caller.error_of(StatusError)
    assert error.details == details
    assert isinstance(error.status, Status)
    assert error.status.additional_properties == {"new": 1}


def test_every_grpc_code_has_its_exception_and_its_name_everywhere() -> None:
    """In the client and in its fake server."""
    names = {code: name for name, code in import_module("google.rpc.code_pb2").Code.items() if code}
    kinds = [kind for kind in StatusError.__subclasses__() if kind is not UnexpectedStatus]
    assert {code: kind for code, (kind, _) in CODES.items()} == {kind.code: kind for kind in kinds}
    assert {kind.code: kind.code_name for kind in kinds} == names
    assert {code: name for code, (name, _) in GATEWAY_CODES.items()} == names
    assert (UnexpectedStatus.code, UnexpectedStatus.code_name) == (None, None)
