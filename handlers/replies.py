"""Private answers, forms, and refusals as sentences. All of it may be lost without losing an answer."""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Iterator, Mapping
from typing import Any

from aiohttp import ClientConnectorError, ClientError
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from handlers.payloads import Click
from handlers.syntax import CommandSyntaxError, as_seen
from jobs.messages.layout.blocks import Message
from jobs.messages.layout.sentence import sentence
from jobs.messages.wording import why_not
from jobs.messages.wording.escaping import safe
from jobs.messages.wording.voice import MRKDWN
from jobs.permissions.refusal import Refused
from jobs.slack.call_outcome import CallOutcome, error_code, failed_call
from jobs.slack.directory import SlackUnavailable
from jobs.slack.pacing import answer_begun, for_answer, for_lookups

LOG = logging.getLogger(__name__)
USED = {"exchanged_trigger_id", "trigger_exchanged"}
TOO_SLOW = {"expired_trigger_id", "invalid_trigger_id", "trigger_expired", *USED}
UNHEARD = (SlackApiError, ClientError, TimeoutError, ConnectionError)
"""How a call to Slack can end that was not carried out."""

OK, TOO_MANY = 200, 429
REFUSED = range(400, 500)
FORM_LIMIT = 1.5  # seconds; a person waits for a form or for a sentence three seconds at most
ROAD_LIMIT = 2.5  # seconds for one way to say something to a person
PICTURE_PAUSES = (1, 2)  # seconds
ANSWER_LIMIT = 12.0  # seconds; below the limit of background tasks, which end in silence


async def reply_or_refusal(
    answer: Awaitable[Message | None], *, team_id: str, limit: float = ANSWER_LIMIT
) -> Message | None:
    """The answer, or the sentence that says why there is none; a fault is logged with its trace.

    An answer that is not there after `limit` seconds is given up, and the person reads that.
    """
    patience = asyncio.timeout(limit)
    try:
        with answer_begun():
            async with patience:
                return await answer
    except (CommandSyntaxError, Refused) as refused:
        return sentence(str(refused))
    except SlackUnavailable as unavailable:
        LOG.warning("what a person of team %s asked for: %s", team_id, unavailable)
        return sentence(why_not.slack_unavailable(unavailable.failed))
    except (SQLAlchemyError, TimeoutError):
        if patience.expired():
            LOG.warning("an answer to a person of team %s was given up after %s s", team_id, limit)
            return sentence(why_not.too_slow())
        LOG.exception("the database did not answer a person of team %s", team_id)
        return sentence(why_not.database_away())
    except Exception:
        LOG.exception("what a person of team %s asked for failed", team_id)
        return sentence(why_not.fault())


class NotOpened(Refused):
    """Slack has not opened a form; the text says why, that nothing was saved, and what to do."""


class NoAddress(Exception):
    """Slack has given no address to answer to: for a click in a form."""


class Dropped(Exception):
    """A receipt was not said, since too many wait for a Slack that takes none."""


class OtherRoads(AsyncRespond, ABC):
    """Answers the person who acted, and knows the other ways to them: in their channel, else directly."""

    @abstractmethod
    def as_receipt(self) -> "OtherRoads":
        """The same for what may be dropped where Slack takes nothing: it repeats what is kept."""

    @abstractmethod
    async def otherwise(self, message: Mapping[str, Any]) -> None:
        """Say `message` where the answer itself did not arrive."""


async def tell(
    respond: AsyncRespond,
    message: Mapping[str, Any],
    *,
    replace: bool = False,
    once: bool = False,
    receipt: bool = False,
) -> None:
    """Say `message` to the person who acted, in place of the private message acted on if `replace`.

    Slack may need a moment before it shows a new picture. What it goes on refusing is said without picture,
    then as text alone, which says everything. What does not arrive so is said in the channel to this person
    alone, else directly; also what may have arrived, unless it is to be read `once`: silence is worse. A
    `receipt` may be dropped where Slack takes none.
    """
    if receipt and isinstance(respond, OtherRoads):
        respond = respond.as_receipt()
    try:
        problem = await _responded(respond, message, replace=replace)
    except Dropped:
        return
    except (*UNHEARD, NoAddress) as error:
        problem = type(error).__name__
        if once and not isinstance(error, (NoAddress, ClientConnectorError)):
            LOG.warning("a private answer may be lost: %s", problem)
            return
    if problem is None:
        return
    LOG.warning("a private answer was refused: %s", problem)
    if isinstance(respond, OtherRoads):
        await respond.otherwise(message)


async def _responded(respond: AsyncRespond, message: Mapping[str, Any], *, replace: bool) -> str | None:
    """What was wrong with the last try; None where one has arrived."""
    status = 0
    for pause, blocks in _ever_plainer(message):
        if pause:
            await asyncio.sleep(pause)
        async with asyncio.timeout(ROAD_LIMIT):
            answer = await respond(
                text=message["text"],
                blocks=blocks,
                response_type="ephemeral",
                replace_original=replace,
                unfurl_links=False,
                unfurl_media=False,
            )
        status = answer.status_code
        if status == OK:
            return None
        if status == TOO_MANY or status not in REFUSED:
            break
    return str(status)


def _ever_plainer(message: Mapping[str, Any]) -> Iterator[tuple[float, Any]]:
    """What is said, and after which pause: Slack takes five tries at most."""
    blocks = message.get("blocks")
    yield 0, blocks
    if not blocks:
        return
    without = [block for block in blocks if block["type"] != "image"]
    if without != blocks:
        yield from ((pause, blocks) for pause in PICTURE_PAUSES)
        yield 0, without
    yield 0, None


async def open_form(
    client: AsyncWebClient, trigger_id: str, view: Mapping[str, Any], *, again: str, push: bool = False
) -> None:
    """Open a form, on top of the one that is open with `push`.

    Raises NotOpened where that was not done in time or Slack would not; `again` is what the person may do.
    """
    method = client.views_push if push else client.views_open
    try:
        async with asyncio.timeout(for_answer(FORM_LIMIT)):
            await method(trigger_id=trigger_id, view=dict(view))
    except UNHEARD as error:
        raise NotOpened(f"{_why_not_opened(error)} Nothing was saved. {again}") from error


def _why_not_opened(error: Exception) -> str:
    code = error_code(error) if isinstance(error, SlackApiError) else ""
    if code in TOO_SLOW or isinstance(error, TimeoutError):
        LOG.info("a form came too late: %s", code or "no answer")
        return why_not.FORM_TOO_LATE
    failed = failed_call(error)
    if failed.outcome in (CallOutcome.AGAIN, CallOutcome.LOST):
        LOG.warning("a form was not opened: %s", failed.error)
        return why_not.FORM_NOT_OPENED
    LOG.error("Slack refused a form: %s", failed.error, exc_info=error)
    return why_not.FORM_REFUSED


async def in_time(made: Awaitable[dict[str, Any]], *, again: str) -> dict[str, Any]:
    """A form, once it is made; raises NotOpened where that takes longer than a form may."""
    try:
        async with asyncio.timeout(FORM_LIMIT):
            return await made
    except TimeoutError:
        raise NotOpened(f"{why_not.FORM_TOO_LATE} Nothing was saved. {again}") from None


async def show_form(
    client: AsyncWebClient, respond: AsyncRespond, click: Click, view: Mapping[str, Any]
) -> None:
    """Open a form for a click, on top of the form that was clicked in; else say what to press."""
    try:
        await open_form(client, click.trigger_id, view, again=press_again(click), push=click.in_form)
    except NotOpened as failed:
        await tell(respond, sentence(str(failed)))


def type_again(command: str, words: str) -> str:
    """What to do when a form that was opened by a command did not open: type all of it again."""
    return f"Type {MRKDWN.code(as_seen(f'/pulse {command} {words}'.strip()))} again."


def press_again(click: Click) -> str:
    """What to do where the form of a button did not open."""
    return f"Press {safe(click.label)} again." if click.label else "Press the button again."


async def whisper(
    client: AsyncWebClient,
    *,
    channel_id: str,
    user_id: str,
    message: Mapping[str, Any],
    or_directly: bool = True,
) -> None:
    """Say `message` to one person in a channel, or by direct message where that cannot be."""
    try:
        async with asyncio.timeout(for_lookups(ROAD_LIMIT)):
            await client.chat_postEphemeral(channel=channel_id, user=user_id, **message)
    except UNHEARD as error:
        LOG.info("a word to one person did not arrive in their channel: %s", type(error).__name__)
        if or_directly:
            await tell_directly(client, user_id=user_id, message=message)


async def tell_directly(
    client: AsyncWebClient, *, user_id: str, message: Mapping[str, Any], else_in: str | None = None
) -> None:
    """Say `message` to one person by direct message, or in the channel `else_in` where that cannot be."""
    try:
        async with asyncio.timeout(ROAD_LIMIT):
            await client.chat_postMessage(
                channel=user_id, unfurl_links=False, unfurl_media=False, parse="none", **message
            )
    except UNHEARD as error:
        LOG.warning("a direct message did not arrive: %s", type(error).__name__)
        if else_in:
            await whisper(client, channel_id=else_in, user_id=user_id, message=message, or_directly=False)
