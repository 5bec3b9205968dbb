"""Connections to Slack in pools apart, and the client: where one kind of call hangs, no other waits."""

import json
import math
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from functools import cached_property
from http import HTTPStatus
from typing import Any, TypeVar

import aiohttp
import msgspec
from prometheus_client import Counter
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from jobs.slack.call_outcome import failed_call
from jobs.slack.pacing import Pacing

CALL_LIMIT = 10.0  # seconds; a lease in the outbox is far longer
FORM_LIMIT = 3.0  # seconds; then Slack takes no form for the click any more
MOST_POSTS = 256  # connections: more than may be in flight
MOST_FORMS = 64
MOST_RECEIPTS = 32
JSON = "application/json;charset=utf-8"

C = TypeVar("C", bound="CountingClient")
JSONBytes = Callable[[Any], bytes] | None


class Pools:
    """A session for calls in general, and one each for posts, forms, answers to commands, and receipts.

    To be made in the running loop.
    """

    def __init__(self) -> None:
        self.calls = _session(100, CALL_LIMIT)
        self.posts = _session(MOST_POSTS, CALL_LIMIT, json_bytes=_encoded)
        self.forms = _session(MOST_FORMS, FORM_LIMIT, json_bytes=_encoded)
        self.answers = _session(100, CALL_LIMIT, json_bytes=_encoded)
        self.receipts = _session(MOST_RECEIPTS, None, json_bytes=_encoded)  # their line has a limit

    async def close(self) -> None:
        """End all connections."""
        for session in (self.calls, self.posts, self.forms, self.answers, self.receipts):
            await session.close()


class CountingClient(AsyncWebClient):
    """The library's client, which counts how its calls end, by method and by a few kinds."""

    answers: Counter | None = None

    async def api_call(self, api_method: str, **call: Any) -> AsyncSlackResponse:
        """Call a method of the Web API; raises SlackApiError where Slack refuses it."""
        kind = "ok"
        try:
            return await self._call(api_method, **call)
        except BaseException as error:
            kind = _kind_of(error)
            raise
        finally:
            if self.answers is not None:
                self.answers.labels(api_method, kind).inc()

    async def _call(self, api_method: str, **call: Any) -> AsyncSlackResponse:
        return await super().api_call(api_method, **call)


class QuickClient(CountingClient):
    """The library's client, but calls with JSON take half of its time.

    A first click brings a form, and a thousand questions may fall due at once. It logs nothing and tries
    nothing again. Answers and errors are the library's.
    """

    async def _call(self, api_method: str, **call: Any) -> AsyncSlackResponse:
        if call.keys() != {"json"} or self.session is None:
            return await super()._call(api_method, **call)
        url = f"{self.base_url}{api_method}"
        async with self.session.post(url, json=call["json"], headers=self._head, proxy=self.proxy) as answer:
            raw = await answer.read()
        response = AsyncSlackResponse(
            client=self,
            http_verb="POST",
            api_url=url,
            req_args={},
            data=_decoded(raw),
            headers=dict(answer.headers),
            status_code=answer.status,
        )
        response.validate()  # type: ignore[no-untyped-call]
        return response

    @cached_property
    def _head(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Content-Type": JSON}

    @property
    def authorize(self) -> Callable[..., Awaitable[AuthorizeResult]]:
        """What Bolt asks at each request: the token, which Slack was asked about at the start."""

        async def authorize(**_: object) -> AuthorizeResult:  # Bolt takes no method
            return AuthorizeResult(enterprise_id=None, team_id=None, bot_token=self.token)

        return authorize


class PatientClient(QuickClient):
    """For what people wait for, forms and private words: a method is let be after "too many requests".

    A call that comes before then fails as if Slack had refused it once more, so the person is told.
    """

    pacing: Pacing | None = None

    async def api_call(self, api_method: str, **call: Any) -> AsyncSlackResponse:
        """Call a method of the Web API, unless it is to be let be; raises SlackApiError."""
        if self.pacing is None:
            return await super().api_call(api_method, **call)
        channel = str(call.get("json", {}).get("channel", ""))  # where there is one, its limit is its own
        paused = f"{api_method} {channel}".rstrip()
        if left := self.pacing.left(paused):
            raise _not_called(self, api_method, self.pacing.locked or "ratelimited", left)
        try:
            return await super().api_call(api_method, **call)
        except SlackApiError as error:
            self.pacing.heed(paused, failed_call(error))
            raise


def _kind_of(error: BaseException) -> str:
    """How a call ended that failed: too many requests, all refused, Slack's "no", or no answer."""
    if not isinstance(error, Exception):
        return "given up"
    try:
        failed = failed_call(error)
    except Exception:  # noqa: BLE001 - the error itself, which is none of Slack's
        return "fault"
    return "ratelimited" if failed.limited else "locked" if failed.everywhere else failed.outcome.value


def _not_called(client: AsyncWebClient, api_method: str, word: str, left: timedelta) -> SlackApiError:
    answer = AsyncSlackResponse(
        client=client,
        http_verb="POST",
        api_url=f"{client.base_url}{api_method}",
        req_args={},
        data={"ok": False, "error": word},
        headers={"Retry-After": str(math.ceil(left.total_seconds()))},
        status_code=HTTPStatus.TOO_MANY_REQUESTS if word == "ratelimited" else HTTPStatus.OK,
    )
    return SlackApiError(f"{api_method} is let be for {left}", answer)  # type: ignore[no-untyped-call]


def _decoded(raw: bytes) -> dict[str, Any]:
    """What Slack has answered; nothing where that was a page of a server in between."""
    with suppress(msgspec.DecodeError, UnicodeDecodeError):
        return msgspec.json.decode(raw, type=dict[str, Any])
    with suppress(ValueError):
        found = json.loads(raw)  # which takes half an emoji
        return found if isinstance(found, dict) else {}
    return {}


def client_of(
    kind: type[C],
    session: aiohttp.ClientSession,
    token: str,
    base_url: str,
    answers: Counter | None = None,
) -> C:
    """A client of that kind that calls Slack's Web API over the connections of a session, each call once."""
    client = kind(
        token=token,
        base_url=base_url,
        session=session,
        retry_handlers=[],  # a repeated post is a doubled one; the outbox decides what is tried again
    )
    client.answers = answers
    return client


def _session(
    connections: int, seconds: float | None, *, json_bytes: JSONBytes = None
) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=connections),
        timeout=aiohttp.ClientTimeout(total=seconds),
        json_serialize_bytes=json_bytes,
    )


def _encoded(message: Any) -> bytes:
    """The bytes of JSON; half an emoji, which is no text, is escaped as Python does it."""
    try:
        return msgspec.json.encode(message)
    except UnicodeEncodeError:
        return json.dumps(message).encode()
