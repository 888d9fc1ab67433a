"""Lists in pages, as iterators over their elements."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar

from attrs import evolve

from ._calls import CallOptions, Request, Response
from ._wire import Message
from .errors import DecodeError, Problem

_PAGE_TOKEN = "pageToken"  # noqa: S105  # the name of a parameter


class PageMessage(Message, Protocol):
    """A generated model that holds the elements of one page, and the token of the next, empty after the last."""

    @property
    def next_page_token(self) -> str:
        """The token of the next page."""
        ...


_Send = TypeVar("_Send")
_Page = TypeVar("_Page", bound=PageMessage)
_Element = TypeVar("_Element")


class _Pages(Generic[_Send, _Page, _Element]):
    """The state of an iteration: the elements of the current page, and the request for the next one."""

    def __init__(
        self,
        send: _Send,
        request: Request[_Page],
        elements: Callable[[_Page], Sequence[_Element]],
        options: CallOptions,  # of each call
    ) -> None:
        self._send: _Send = send
        self._options = options
        self._next: Request[_Page] | None = request
        self._tokens = {request.query.get(_PAGE_TOKEN)}
        self._elements = elements
        self._ready: Iterator[_Element] = iter(())

    def _load_page(self, request: Request[_Page], page: _Page) -> None:
        """Continue with a page."""
        token = page.next_page_token
        if token and token in self._tokens:  # The same pages would be requested over and over.
            raise DecodeError((Problem("nextPageToken", "the token of another page", repr(token)),))
        self._tokens.add(token)
        self._next = evolve(request, query={**request.query, _PAGE_TOKEN: token}) if token else None
        self._ready = iter(self._elements(page))


class Paginator(_Pages[Callable[[Request[_Page], CallOptions], Response[_Page]], _Page, _Element], Iterator[_Element]):
    """The elements of a list; each page is requested when its first element is. Raises ApiError."""

    def __next__(self) -> _Element:
        while True:
            for element in self._ready:
                return element
            if self._next is None:
                raise StopIteration
            request = self._next
            self._load_page(request, self._send(request, self._options).parsed)


class AsyncPaginator(
    _Pages[Callable[[Request[_Page], CallOptions], Awaitable[Response[_Page]]], _Page, _Element],
    AsyncIterator[_Element],
):
    """Like Paginator, for `async` code."""

    async def __anext__(self) -> _Element:
        while True:
            for element in self._ready:
                return element
            if self._next is None:
                raise StopAsyncIteration
            request = self._next
            self._load_page(request, (await self._send(request, self._options)).parsed)
