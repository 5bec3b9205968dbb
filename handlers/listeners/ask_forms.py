"""A lead asks or schedules by form: the form and its preview."""

from collections.abc import Awaitable, Sequence
from datetime import datetime
from secrets import token_hex

from slack_bolt.async_app import AsyncAck

from handlers.context import Context
from handlers.payloads import Actor, Body, Click, read_click, read_submission
from handlers.replies import complete_form, open_form, reply_or_refusal, whisper
from handlers.syntax import check_ask
from jobs import cadence
from jobs.instruments import INSTRUMENTS
from jobs.messages.layout import ids
from jobs.messages.layout.blocks import Message, View
from jobs.messages.lead import ask_preview, ask_view
from jobs.messages.lead.ask_draft import AskDraft, read_draft
from jobs.permissions.may_post import may_post
from jobs.permissions.refusal import Refused
from jobs.permissions.scope import scope
from jobs.pulses.ask import ask
from jobs.pulses.before_asking import cautions


async def on_ask(ack: AsyncAck, body: Body, *, context: Context) -> None:
    """Open the form that asks this channel."""
    click = read_click(body)
    await ack()
    context.background.start(_open(context, click))


async def _open(context: Context, click: Click) -> None:
    here = await scope(context.store, team_id=click.actor.team_id, channel_id=click.channel_id or "")
    view = ask_view.ask_form(
        product=here.products[0].name if len(here.products) == 1 else None,
        min_group=context.min_group,
        zone=await context.zone_of(click.actor.user_id),
    )
    await open_form(context.client, click.trigger_id, view)


async def on_ask_form(ack: AsyncAck, body: Body, *, context: Context) -> None:
    """Check what was typed, then show the question as people will read it.

    The page comes with the ack; what Slack has to be asked for (how many people, what to know) follows.
    """
    form = read_submission(body)
    draft, problems = check_ask(ask_view.read_ask_form(form.view), zone=context.zone, now=context.clock())
    if problems:
        await ack(response_action="errors", errors=problems)
        return
    external_id = token_hex(16)
    known = context.directory.remembered(form.actor.user_id)  # Slack is not asked before the ack
    page = _page(context, draft, known.name if known else "you", now=context.clock())
    await ack(response_action="push", view={**page, "external_id": external_id})
    context.background.start(_complete(context, draft, form.actor, external_id, now=context.clock()))


def _page(
    context: Context,
    draft: AskDraft,
    asked_by: str,
    *,
    now: datetime,
    people: int | None = None,
    shared: bool = False,
    notes: Sequence[str] = (),
) -> View:
    return ask_preview.preview(
        draft,
        asked_by=asked_by,
        min_group=context.min_group,
        now=now,
        people=people,
        shared=shared,
        notes=notes,
        dates=_dates(draft.cadence, draft.zone, now) if draft.cadence else [],
    )


def _dates(rule: str, zone: str, now: datetime) -> list[datetime]:
    """The next three times of a schedule."""
    return [due.at for due in cadence.upcoming(cadence.read(rule), zone, now, 3)]


async def _complete(
    context: Context,
    draft: AskDraft,
    actor: Actor,
    external_id: str,
    *,
    now: datetime,
) -> None:
    """Fill the page in with what Slack knows of the channel, or say why nothing can be asked there."""
    try:
        await may_post(context.directory, user_id=actor.user_id, channel_id=draft.channel_id)
        view = await _looked(context, draft, actor, now=now)
    except Refused as refused:
        view = ask_preview.refused_page(str(refused))
    await complete_form(context.client, external_id, view)


async def _looked(context: Context, draft: AskDraft, actor: Actor, *, now: datetime) -> View:
    """The page with how many people it reaches, and what should be known before."""
    channel = await context.directory.channel(draft.channel_id)
    return _page(
        context,
        draft,
        (await context.directory.person(actor.user_id)).name,
        now=now,
        people=await context.directory.people(draft.channel_id),
        shared=bool(channel and channel.shared),
        notes=await cautions(
            context.store,
            context.directory,
            draft,
            team_id=actor.team_id,
            min_group=context.min_group,
            now=now,
        ),
    )


async def on_preview(ack: AsyncAck, body: Body, *, context: Context) -> None:
    """Ask, or keep the schedule; the asker is told in private."""
    form, now = read_submission(body), context.clock()
    draft, problems = check_ask(read_draft(form.private_metadata), zone=context.zone, now=now)
    if problems or draft.instrument not in INSTRUMENTS:
        raise ids.ForgedId("a draft that no preview has shown")
    request_id = str(form.view.get("id") or "")
    await ack(response_action="clear")
    context.background.start(
        _answer(context, draft, form.actor, _ask(context, draft, form.actor, request_id, now=now))
    )


async def _answer(context: Context, draft: AskDraft, actor: Actor, work: Awaitable[Message | None]) -> None:
    message = await reply_or_refusal(work, team_id=actor.team_id)
    if message:
        await whisper(context.client, channel_id=draft.channel_id, user_id=actor.user_id, message=message)


async def _ask(
    context: Context, draft: AskDraft, actor: Actor, request_id: str, *, now: datetime
) -> Message | None:
    """Ask or schedule, and what the asker reads; None when this very page was sent before."""
    await may_post(context.directory, user_id=actor.user_id, channel_id=draft.channel_id)
    pulse, wave = await ask(
        context.store,
        context.directory,
        draft,
        team_id=actor.team_id,
        user_id=actor.user_id,
        min_group=context.min_group,
        now=now,
        request_id=request_id,
    )
    context.wake()
    if pulse.cadence:
        return ask_preview.scheduled(pulse, dates=_dates(pulse.cadence, pulse.zone, now))
    return ask_preview.asked(wave) if wave else None
