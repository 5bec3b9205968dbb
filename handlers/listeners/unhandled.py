"""What a person reads when something is not as it should be, and what the log keeps of it."""

import logging
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_bolt.response import BoltResponse
from sqlalchemy.exc import SQLAlchemyError

from handlers.context import Context
from handlers.payloads import Malformed
from handlers.replies import OtherRoads, tell
from jobs.answers.unanswerable import TakenDown, Unanswerable
from jobs.messages.layout.ids import ForgedId
from jobs.messages.respondent import receipts

LOG = logging.getLogger(__name__)
NOT_OURS = (Malformed, Unanswerable, ForgedId)
TRY_AGAIN = 503


async def on_error(
    error: Exception, body: dict[str, Any], respond: AsyncRespond, *, context: Context
) -> BoltResponse:
    """Answer for a listener that raised: what is forged or old is acked, a fault is not; both are told.

    The log keeps the trace and the ids of team, wave and request, never the payload.
    """
    ids = seen(body)
    if isinstance(error, NOT_OURS):
        LOG.info("no longer in use: %s %s", type(error).__name__, ids)
        down = isinstance(error, TakenDown)
        told = receipts.taken_down() if down else receipts.old_button()
        in_form = receipts.GONE_DOWN if down else receipts.GONE
        return _answer(body, respond, told, 200, context, in_form=in_form)
    LOG.error("a listener failed: %s", ids, exc_info=error)
    away = receipts.not_saved(
        database=isinstance(error, SQLAlchemyError | TimeoutError),
        in_form=body.get("type") == "view_submission",
    )
    return _answer(body, respond, away, TRY_AGAIN, context)


def _answer(
    body: dict[str, Any],
    respond: AsyncRespond,
    message: dict[str, Any],
    status: int,
    context: Context,
    *,
    in_form: str | None = None,
) -> BoltResponse:
    """In a form the sentence stands at its first field, elsewhere it is a private message.

    A form without a field turns into the sentence.
    """
    if body.get("type") == "view_submission":
        field = _first_field(body)
        shown: dict[str, Any] = {"response_action": "update", "view": receipts.as_view(message)}
        if field:
            shown = {"response_action": "errors", "errors": {field: in_form or message["text"]}}
        return BoltResponse(status=200, body=shown)
    if isinstance(respond, OtherRoads):
        context.background.start(tell(respond, message))
    return BoltResponse(status=status, body="")


async def on_unknown(ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, *, context: Context) -> None:
    """Ack a button or form that no listener knows, and say so."""
    LOG.info("an unknown action: %s", seen(body))
    if body.get("type") == "view_submission":
        await ack(response_action="update", view=receipts.as_view(receipts.old_button()))
        return
    await ack()
    if isinstance(respond, OtherRoads):
        context.background.start(tell(respond, receipts.old_button()))


def seen(body: dict[str, Any]) -> dict[str, str]:
    """What may be logged of a payload: its type, its team, where it acted; no user, no text, no token."""
    team, view, actions = body.get("team"), body.get("view"), body.get("actions")
    action = actions[0] if isinstance(actions, list) and actions and isinstance(actions[0], dict) else {}
    return {
        "type": str(body.get("type") or body.get("command") or "")[:40],
        "team": str(team.get("id") if isinstance(team, dict) else body.get("team_id") or "")[:40],
        "block": str(action.get("block_id", ""))[:80],
        "view": str(view.get("callback_id", "") if isinstance(view, dict) else "")[:80],
    }


def _first_field(body: dict[str, Any]) -> str | None:
    view = body.get("view")
    blocks = view.get("blocks") if isinstance(view, dict) else None
    if not isinstance(blocks, list):
        return None
    inputs = (block for block in blocks if isinstance(block, dict) and block.get("type") == "input")
    return next((str(block.get("block_id")) for block in inputs), None)
