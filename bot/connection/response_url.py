"""Answers to a response_url, over connections that the bot keeps, and never twice.

Bolt's own `respond` opens a connection for each answer, which costs more than the click that is answered, and
sends it again when a connection breaks: the person would read it twice.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlsplit

import aiohttp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook import WebhookResponse

from bot.connection.pools import JSON
from bot.connection.seldom_logged import SeldomLogged
from handlers.replies import Dropped, NoAddress, OtherRoads, tell_directly, whisper

LOG = logging.getLogger(__name__)
T = TypeVar("T")
AT_ONCE = 32  # receipts
MOST_WAITING = 256
RECEIPT_LIMIT = 2.4  # seconds in the line and for the call together, below that of a reply
BETWEEN_LINES = 5.0  # seconds
HEAD = {"Content-Type": JSON}


class ReceiptLine:
    """Receipts on their way: so many at once, others wait for their turn, and the oldest of too many go.

    A receipt repeats what is kept. So where Slack takes none, they take no memory and no connection from what
    people wait for.
    """

    def __init__(self) -> None:
        self._free = AT_ONCE
        self._waiting: dict[asyncio.Future[None], None] = {}  # oldest first
        self._dropped = SeldomLogged("receipts were dropped: Slack does not take them", every=BETWEEN_LINES)

    async def run(self, call: Callable[[], Awaitable[T]]) -> T:
        """What `call` gives, once it is its turn.

        Raises Dropped without it where too many wait, and TimeoutError where Slack is silent to a lone one.
        """
        try:
            async with asyncio.timeout(RECEIPT_LIMIT):
                await self._turn()
                try:
                    return await call()
                finally:
                    self._next()
        except (TimeoutError, Dropped) as error:
            if isinstance(error, TimeoutError) and not self._waiting and self._free:
                raise
            self._dropped.count()
            raise Dropped from None

    async def _turn(self) -> None:
        if self._free:
            self._free -= 1
            return
        mine = asyncio.get_running_loop().create_future()
        self._waiting[mine] = None
        if len(self._waiting) > MOST_WAITING:
            oldest = next(iter(self._waiting))
            del self._waiting[oldest]
            oldest.set_exception(Dropped())
        try:
            await mine
        except asyncio.CancelledError:
            if mine in self._waiting:
                del self._waiting[mine]
            elif mine.done() and not mine.cancelled() and mine.exception() is None:
                self._next()  # its turn had just come
            raise

    def _next(self) -> None:
        while self._waiting:
            oldest = next(iter(self._waiting))
            del self._waiting[oldest]
            if not oldest.done():
                oldest.set_result(None)
                return
        self._free += 1


class Respond(OtherRoads):
    """Takes the fields of a message by name; gives Slack's answer, whatever its status.

    A click in a form comes without a response_url: then every answer goes the other ways.
    """

    def __init__(
        self,
        response_url: str | None,
        session: aiohttp.ClientSession,
        *,
        client: AsyncWebClient | None = None,
        user_id: str | None = None,
        channel_id: str | None = None,
        receipts: "Receipts | None" = None,
    ) -> None:
        super().__init__(response_url=response_url)
        self._session = session
        self._receipts = receipts
        self._client = client
        self._user_id = user_id
        self._channel_id = channel_id

    async def __call__(self, **message: Any) -> WebhookResponse:  # type: ignore[override] # by name only
        """Say it once."""
        if not self.response_url:
            raise NoAddress("no response_url")
        fields = {field: value for field, value in message.items() if value is not None}
        proxy = self._client.proxy if self._client else None
        async with self._session.post(self.response_url, json=fields, headers=HEAD, proxy=proxy) as answer:
            said = (await answer.read()).decode(errors="replace")
        return WebhookResponse(
            url=self.response_url, status_code=answer.status, body=said, headers=dict(answer.headers)
        )

    def as_receipt(self) -> OtherRoads:
        """The same over the connections of receipts, in their line."""
        if self._receipts is None:
            return self
        return _RespondInLine(
            self.response_url,
            self._receipts.session,
            client=self._client,
            user_id=self._user_id,
            channel_id=self._channel_id,
            receipts=self._receipts,
        )

    async def otherwise(self, message: Mapping[str, Any]) -> None:
        """Say it in the channel to the person alone, else directly."""
        if self._client is None or self._user_id is None:
            return
        if self._channel_id:
            await whisper(self._client, channel_id=self._channel_id, user_id=self._user_id, message=message)
        else:
            await tell_directly(self._client, user_id=self._user_id, message=message)


@dataclass(frozen=True, slots=True)
class Receipts:
    """The connections that receipts have to themselves, and their line."""

    session: aiohttp.ClientSession
    line: ReceiptLine = field(default_factory=ReceiptLine)


class _RespondInLine(Respond):
    """Says it when its turn has come."""

    async def __call__(self, **message: Any) -> WebhookResponse:  # type: ignore[override] # by name only
        """Say it once; raises Dropped where too many wait."""
        said = partial(super().__call__, **message)
        return await self._receipts.line.run(said) if self._receipts else await said()


HOSTS = "hooks.slack.com", "hooks.slack-gov.com"
SLACK = tuple(f"https://{host}{port}/" for host in HOSTS for port in ("", ":443"))


def is_slack_address(url: str, *, api_url: str) -> bool:
    """Whether an answer may go to `url`: over TLS to Slack, or to where the Web API of the settings is."""
    own = urlsplit(api_url)
    return url.lower().startswith((*SLACK, f"{own.scheme}://{own.netloc}/".lower()))


class KeptConnections(AsyncMiddleware):
    """Gives listeners this `respond`, where there is somebody to respond to.

    An address that is not Slack's gets nothing: what is said goes the other ways.
    """

    def __init__(
        self, session: aiohttp.ClientSession, client: AsyncWebClient, receipts: aiohttp.ClientSession
    ) -> None:
        self._session = session
        self._client = client
        self._receipts = Receipts(receipts)

    def _address(self, context: AsyncBoltContext) -> str | None:
        url = context.response_url
        if url is None or is_slack_address(url, api_url=self._client.base_url):
            return url
        LOG.warning("a response_url that is not Slack's was left alone (team %s)", context.team_id)
        return None

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - Bolt's signature
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 - Bolt's name for it
    ) -> BoltResponse | None:
        """Put it where Bolt looks for its own."""
        context = req.context
        if context.response_url or context.user_id:
            context["respond"] = Respond(
                self._address(context),
                self._session,
                client=self._client,
                user_id=context.user_id,
                channel_id=context.channel_id,
                receipts=self._receipts,
            )
        return await next()
