"""Private answers, forms, and refusals as sentences. All of it may be lost without losing an answer."""

import asyncio
import logging
from collections.abc import Awaitable, Iterator, Mapping
from typing import Any

from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from handlers.payloads import Click, View
from handlers.syntax import CommandSyntaxError
from jobs.messages.layout.blocks import Message, is_plain
from jobs.messages.layout.sentence import sentence
from jobs.messages.respondent import receipts
from jobs.messages.wording import why_not
from jobs.permissions.refusal import Refused
from jobs.slack.call_outcome import error_code
from jobs.slack.directory import SlackUnavailable

LOG = logging.getLogger(__name__)
TOO_SLOW = {"expired_trigger_id", "exchanged_trigger_id", "trigger_expired", "trigger_exchanged"}
OK = 200
PICTURE_PAUSES = (1, 2)  # seconds
AFTER_THE_ACK = (0, 0.2, 0.5)  # seconds
ANSWER_LIMIT = 12.0  # seconds; below the limit of background tasks, which end in silence


async def reply_or_refusal(
    answer: Awaitable[Message | None], *, team_id: str, limit: float = ANSWER_LIMIT
) -> Message | None:
    """The answer, or the sentence that says why there is none; a fault is logged with its trace.

    An answer that is not there after `limit` seconds is given up, and the person reads that.
    """
    patience = asyncio.timeout(limit)
    try:
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


async def tell(respond: AsyncRespond, message: Mapping[str, Any], *, replace: bool = False) -> None:
    """Say `message` to the person who acted, in place of the private message acted on if `replace`.

    Slack may need a moment before it shows a new picture. What it goes on refusing is said without picture,
    then as text alone, which says everything.
    """
    for pause, blocks in _ever_plainer(message):
        await asyncio.sleep(pause)
        answer = await respond(
            text=message["text"],
            blocks=blocks,
            response_type="ephemeral",
            replace_original=replace,
            unfurl_links=False,
            unfurl_media=False,
        )
        if answer.status_code == OK:
            return
    LOG.warning("a private answer was refused: %s", answer.status_code)


def _ever_plainer(message: Mapping[str, Any]) -> Iterator[tuple[float, Any]]:
    """What is said, and after which pause: Slack takes five tries at most."""
    blocks = message.get("blocks")
    yield 0, blocks
    if is_plain(message) or not blocks:
        return
    without = [block for block in blocks if block["type"] != "image"]
    if without != blocks:
        yield from ((pause, blocks) for pause in PICTURE_PAUSES)
        yield 0, without
    yield 0, None


async def answer_in_place(
    client: AsyncWebClient, respond: AsyncRespond, click: Click, message: Message
) -> None:
    """Say `message` in the form or private message that held the button, else in a new private message."""
    if click.view is None:
        await tell(respond, message, replace=click.private)
    else:
        await update_form(client, click.view, receipts.as_view(message))


async def open_form(client: AsyncWebClient, trigger_id: str, view: Mapping[str, Any]) -> bool:
    """Open a form; False when it was too late for that: then the button in the receipt can open it."""
    return await _form(client.views_open, trigger_id=trigger_id, view=view)


async def push_form(client: AsyncWebClient, trigger_id: str, view: Mapping[str, Any]) -> bool:
    """Open a form on top of the one that is open."""
    return await _form(client.views_push, trigger_id=trigger_id, view=view)


async def _form(method: Any, **params: Any) -> bool:
    try:
        await method(**params)
    except SlackApiError as error:
        if error_code(error) not in TOO_SLOW:
            raise
        LOG.info("a form came too late: %s", error_code(error))
        return False
    return True


async def whisper(
    client: AsyncWebClient, *, channel_id: str, user_id: str, message: Mapping[str, Any]
) -> None:
    """Say `message` to one person in a channel, or by direct message where that cannot be."""
    try:
        await client.chat_postEphemeral(channel=channel_id, user=user_id, **message)
    except SlackApiError:
        await tell_directly(client, user_id=user_id, message=message)


async def tell_directly(client: AsyncWebClient, *, user_id: str, message: Mapping[str, Any]) -> None:
    """Say `message` to one person by direct message."""
    await client.chat_postMessage(
        channel=user_id, unfurl_links=False, unfurl_media=False, parse="none", **message
    )


async def complete_form(client: AsyncWebClient, external_id: str, view: Mapping[str, Any]) -> None:
    """Show `view` in place of the page that an ack has brought, if the person has not left it.

    The ack may still be on its way when this begins, so that Slack does not know the page at first.
    """
    for pause in AFTER_THE_ACK:
        await asyncio.sleep(pause)
        try:
            await client.views_update(external_id=external_id, view={**view, "external_id": external_id})
        except SlackApiError as error:
            if error_code(error) not in {"not_found", "view_not_found"}:
                raise
        else:
            return


async def update_form(client: AsyncWebClient, old: View, view: Mapping[str, Any]) -> None:
    """Show `view` where the form `old` stands, unless it changed meanwhile."""
    try:
        await client.views_update(view_id=old.id, hash=old.hash, view=dict(view))
    except SlackApiError as error:
        if error_code(error) not in {"hash_conflict", "not_found", "view_not_found"}:
            raise
