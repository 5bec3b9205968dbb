"""A lead asks or schedules by form: the form and its preview."""

import logging
from dataclasses import replace
from datetime import datetime
from secrets import token_hex

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from handlers.context import Context, requester_of
from handlers.payloads import Actor, Body, chosen, read_click, read_submission
from handlers.replies import complete_form, open_form, reply_or_refusal, tell, whisper
from handlers.syntax import check_ask
from jobs import cadence
from jobs.instruments import INSTRUMENTS
from jobs.messages.layout import edition_ids, ids
from jobs.messages.layout.blocks import Message, View
from jobs.messages.lead import ask_preview, ask_view, confirm_asking
from jobs.messages.lead.ask_draft import AskDraft, read_draft
from jobs.messages.wording import why_not
from jobs.permissions.known_names import NewName, known_product
from jobs.permissions.may_post import require_full_member
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.permissions.scope import only_product
from jobs.pulses.ask import ask
from jobs.pulses.before_asking import BeforeAsking, look_ahead
from jobs.slack.directory import SlackUnavailable

LOG = logging.getLogger(__name__)


async def on_ask(
    ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context, schedule: bool = False
) -> None:
    """Open the form that asks, or with `schedule` the one that asks again and again; or say why not."""
    click = read_click(body)
    await ack()
    requester = requester_of(click.actor, channel_id=click.channel_id, now=context.clock())
    context.background.start(
        _open_or_refuse(context, respond, requester, click.trigger_id, schedule=schedule)
    )
    if edition_id := edition_ids.edition_of(click.block_id):  # a digest under which it is pressed is read
        context.background.start(context.store.digests.was_read(click.actor.team_id, edition_id))


async def _open_or_refuse(
    context: Context, respond: AsyncRespond, requester: Requester, trigger_id: str, *, schedule: bool
) -> None:
    opened = _open(context, requester, trigger_id, schedule=schedule)
    refusal = await reply_or_refusal(opened, team_id=requester.team_id)
    if refusal is not None:
        await tell(respond, refusal)


async def _open(context: Context, requester: Requester, trigger_id: str, *, schedule: bool) -> None:
    await require_full_member(context.directory, requester.team_id, requester.user_id)
    view = ask_view.ask_form(
        product=await only_product(context.store, context.directory, requester),
        min_group=context.min_group,
        weeks=context.round_weeks,
        schedule=schedule,
        zone=await context.zone_of(requester),
    )
    await open_form(context.client, trigger_id, view)


async def on_ask_form(ack: AsyncAck, body: Body, *, context: Context) -> None:
    """Check what was typed, then show the question as people will read it.

    The page comes with the ack; what Slack has to be asked for (how many people, what to know) follows.
    """
    form, now = read_submission(body), context.clock()
    draft = ask_view.read_ask_form(form.values, form.private_metadata)
    actor = form.actor
    known = context.directory.remembered(actor.team_id, actor.user_id)  # Slack is not asked before the ack
    own = known.zone if known else None
    draft, problems = check_ask(draft, zone=own or context.zone, now=now)
    if problems:
        await ack(response_action="errors", errors=problems)
        return
    await _show_preview(ack, form.actor, draft, context=context, now=now)


async def on_new_name(ack: AsyncAck, body: Body, *, context: Context) -> None:
    """Show the question as people will read it, about the product that was chosen."""
    form, now = read_submission(body), context.clock()
    held = confirm_asking.read_new_name(form.private_metadata, chosen(form.values, ids.NAME_BLOCK))
    draft, problems = check_ask(read_draft(held), zone=context.zone, now=now)
    if problems or draft.instrument not in INSTRUMENTS:
        raise ids.ForgedId("a draft that no page has shown")
    await _show_preview(ack, form.actor, draft, context=context, now=now)


async def _show_preview(
    ack: AsyncAck, actor: Actor, draft: AskDraft, *, context: Context, now: datetime
) -> None:
    external_id = token_hex(16)
    known = context.directory.remembered(actor.team_id, actor.user_id)  # Slack is not asked before the ack
    page = _page(context, draft, now, asked_by=known.name if known else "you")
    await ack(response_action="push", view={**page, "external_id": external_id})
    requester = requester_of(actor, channel_id=None, now=now)
    context.background.start(_complete(context, draft, requester, external_id))


async def _complete(context: Context, draft: AskDraft, requester: Requester, external_id: str) -> None:
    """Fill the page in with what is known of product and channel, or say why nothing can be asked there."""
    try:
        if not draft.new_name:
            known = await known_product(context.store, context.directory, requester, draft.product)
            draft = replace(draft, product=known.name)
        found = await look_ahead(
            context.store,
            context.directory,
            draft,
            requester,
            min_group=context.min_group,
            weeks=context.round_weeks,
        )
        view = _page(context, draft, requester.now, asked_by=found.asked_by, found=found)
    except NewName as new:
        view = confirm_asking.new_name_form(draft, near=new.near)
    except Refused as refused:
        view = ask_preview.refused_page(str(refused))
    except SlackUnavailable as unavailable:
        LOG.warning("a preview for team %s: %s", requester.team_id, unavailable)
        view = ask_preview.refused_page(why_not.slack_unavailable(unavailable.failed))
    await complete_form(context.client, external_id, view)


def _page(
    context: Context, draft: AskDraft, now: datetime, *, asked_by: str, found: BeforeAsking | None = None
) -> View:
    return ask_preview.preview(
        draft,
        asked_by=asked_by,
        min_group=context.min_group,
        weeks=context.round_weeks,
        people=found.people if found else None,
        first=found.first if found else None,
        shared=found is not None and found.shared,
        notes=found.notes if found else [],
        closes=found.closes if found else None,
        meets=found.meets if found else None,
        dates=_dates(draft.cadence, draft.zone, now) if draft.cadence else [],
    )


def _dates(rule: str, zone: str, now: datetime) -> list[datetime]:
    """The next three times of a schedule."""
    return [due.at for due in cadence.upcoming(cadence.read(rule), zone, now, 3)]


async def on_preview(ack: AsyncAck, body: Body, *, context: Context) -> None:
    """Ask, or keep the schedule; the asker is told in private."""
    form, now = read_submission(body), context.clock()
    draft, problems = check_ask(read_draft(form.private_metadata), zone=context.zone, now=now)
    if problems or draft.instrument not in INSTRUMENTS:
        raise ids.ForgedId("a draft that no preview has shown")
    await ack(response_action="clear")
    requester = requester_of(form.actor, channel_id=None, now=now)
    context.background.start(_answer(context, draft, requester, form.view.id))


async def _answer(context: Context, draft: AskDraft, requester: Requester, request_id: str) -> None:
    answer = _ask(context, draft, requester, request_id)
    message = await reply_or_refusal(answer, team_id=requester.team_id)
    if message:
        await whisper(context.client, channel_id=draft.channel_id, user_id=requester.user_id, message=message)


async def _ask(context: Context, draft: AskDraft, requester: Requester, request_id: str) -> Message | None:
    """Ask or schedule, and what the asker reads; None when this very page was sent before."""
    draft = replace(draft, anyway=True)  # the page has said from when on answers count
    asked = await ask(
        context.store,
        context.directory,
        draft,
        requester,
        min_group=context.min_group,
        weeks=context.round_weeks,
        request_id=request_id,
    )
    context.wake()
    pulse = asked.pulse
    if pulse.cadence:
        dates = _dates(pulse.cadence, pulse.zone, requester.now)
        return ask_preview.scheduled(pulse, dates=dates, weeks=context.round_weeks)
    return ask_preview.asked(asked.wave, meets=asked.meets) if asked.wave else None
