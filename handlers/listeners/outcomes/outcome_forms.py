"""A figure from elsewhere comes by form: what is wrong stands at its field, so that nothing is lost."""

import asyncio
from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncAck
from sqlalchemy.exc import SQLAlchemyError

from handlers.commands.outcomes.outcome_commands import what_was_saved
from handlers.context import Context, requester_of
from handlers.form_values import chosen, typed_text
from handlers.payloads import Body, read_submission
from handlers.replies import tell_directly, whisper
from handlers.syntax import InvalidName, read_subject
from jobs.messages.layout import outcome_ids as ids
from jobs.messages.layout.ids import ForgedId
from jobs.messages.outcomes.outcome_view import KINDS
from jobs.messages.wording import outcome_reasons
from jobs.messages.wording.voice import spoken
from jobs.outcomes.change_outcomes import Entered, enter
from jobs.outcomes.outcome_figure import InvalidOutcome, make_figure, read_iso_day
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.slack.directory import SlackUnavailable
from storage.records import Lens, OutcomeFigure

LOOK_LIMIT = 1.8  # seconds; Slack waits three for the answer to a form
_FIELDS = {"value": ids.VALUE, "date": ids.OF, "side": ids.SIDE, "source": ids.SOURCE}


async def on_outcome_form(ack: AsyncAck, body: Body, *, context: Context) -> None:
    """Keep the figure and close the form, then say where it stands."""
    form = read_submission(body)
    opened = ids.read_form(form.private_metadata)
    requester = requester_of(form.actor, channel_id=opened.channel_id, now=context.clock())
    today = requester.now.astimezone(ZoneInfo(context.known_zone(form.actor))).date()
    try:
        figure = _figure(form.values, today)
        name = read_subject(typed_text(form.values, ids.PRODUCT))
        async with asyncio.timeout(LOOK_LIMIT):
            entered = await enter(
                context.store,
                context.directory,
                requester,
                figure,
                product=name,
                instead_of=opened.outcome_id or None,
            )
    except InvalidOutcome as invalid:
        own = ids.OWN if chosen(form.values, ids.KIND) == ids.ANOTHER else ids.KIND
        await ack(response_action="errors", errors={_FIELDS.get(invalid.part, own): str(invalid)})
    except (InvalidName, Refused) as refused:
        await ack(response_action="errors", errors={ids.PRODUCT: spoken(str(refused))})
    except SlackUnavailable:
        await ack(response_action="errors", errors={ids.PRODUCT: outcome_reasons.SLACK_SLOW})
    except (TimeoutError, SQLAlchemyError):
        await ack(response_action="errors", errors={ids.PRODUCT: outcome_reasons.NOT_SURE})
    else:
        await ack()
        told = _tell(context, requester, entered, today)
        context.background.start(told, team=requester.team_id)


def _figure(values: Mapping[str, Mapping[str, Any]], today: date) -> OutcomeFigure:
    """The figure that was filled in; raises InvalidOutcome, and ForgedId for what no form offers."""
    kind, side = chosen(values, ids.KIND), chosen(values, ids.SIDE)
    if kind not in {*KINDS, ids.ANOTHER} or side not in {None, *Lens}:
        raise ForgedId("a choice that no form has offered")
    day, whole_month = read_iso_day(chosen(values, ids.OF) or "")
    return make_figure(
        typed_text(values, ids.OWN) if kind == ids.ANOTHER else str(kind),
        typed_text(values, ids.VALUE),
        day,
        today=today,
        whole_month=whole_month,
        lens=Lens(side) if side else None,
        source=typed_text(values, ids.SOURCE),
    )


async def _tell(context: Context, requester: Requester, entered: Entered, today: date) -> None:
    said, client = what_was_saved(entered, today=today), context.client
    if requester.channel_id:
        await whisper(client, channel_id=requester.channel_id, user_id=requester.user_id, message=said)
    else:
        await tell_directly(client, user_id=requester.user_id, message=said)
