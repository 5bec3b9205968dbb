"""A lead asks or schedules by form: the form, its preview, and the button that takes a question down."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from secrets import token_hex
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from handlers.afterwards import Afterwards
from handlers.means import Means
from handlers.payloads import Actor, Click, read_click, read_submission
from handlers.phrases import SubjectError, read_subject
from handlers.private import open_form, tell
from jobs import cadence
from jobs.asking import ask, cautions, may_post
from jobs.messages import asking, ids, pulses, receipts, refusals
from jobs.messages.blocks import View
from jobs.messages.draft import AskDraft
from jobs.messages.query import sentence
from jobs.outbox import deliver
from jobs.refusal import Refused
from jobs.scope import is_lead, scope

Clock = Callable[[], datetime]
Body = dict[str, Any]


async def on_ask(
    ack: AsyncAck, body: Body, client: AsyncWebClient, *, means: Means, afterwards: Afterwards
) -> None:
    """Open the form that asks this channel."""
    click = read_click(body)
    await ack()
    afterwards(_open(means, client, click))


async def _open(means: Means, client: AsyncWebClient, click: Click) -> None:
    here = await scope(means.store, team_id=click.actor.team_id, channel_id=click.channel_id or "")
    view = asking.ask_form(
        product=here.products[0].name if len(here.products) == 1 else None,
        min_group=means.min_group,
        zone=await means.zone_of(click.actor.user_id),
    )
    await open_form(client, click.trigger_id, view)


async def on_ask_form(
    ack: AsyncAck,
    body: Body,
    client: AsyncWebClient,
    *,
    means: Means,
    afterwards: Afterwards,
    clock: Clock,
) -> None:
    """Check what was typed, then show the question as people will read it.

    The page comes with the ack; what Slack has to be asked for (how many people, what to know) follows.
    """
    form = read_submission(body)
    draft, problems = checked(asking.read_ask_form(form.view), zone=means.zone, now=clock())
    if problems:
        await ack(response_action="errors", errors=problems)
        return
    page = await _page(means, draft, form.actor, now=clock(), looked=False)
    await ack(response_action="push", view=page)
    afterwards(_complete(means, client, draft, form.actor, page["external_id"], now=clock()))


def checked(draft: AskDraft, *, zone: str, now: datetime) -> tuple[AskDraft, dict[str, str]]:
    """The draft in its canonical words, or what is wrong with it by the block_id of its field."""
    problems: dict[str, str] = {}
    try:
        draft = replace(draft, product=read_subject(draft.product))
    except SubjectError as error:
        problems[ids.PRODUCT_BLOCK] = str(error)
    try:
        draft = replace(draft, subject=read_subject(draft.subject) if draft.subject.strip() else "")
    except SubjectError as error:
        problems[ids.SUBJECT_BLOCK] = str(error)
    try:
        draft = replace(draft, zone=cadence.find_zone(draft.zone or zone))
    except cadence.CadenceError as error:
        problems[ids.ZONE_BLOCK] = str(error)
        return draft, problems
    if draft.cadence is not None:
        try:
            start = now.astimezone(ZoneInfo(draft.zone)).date()
            draft = replace(draft, cadence=str(cadence.read(draft.cadence, start=start)))
        except cadence.CadenceError as error:
            problems[ids.OFTEN_BLOCK] = str(error)
    return draft, problems


async def _page(means: Means, draft: AskDraft, actor: Actor, *, now: datetime, looked: bool) -> View:
    dates = []
    if draft.cadence:
        rule = cadence.read(draft.cadence)
        dates = [due.at for due in cadence.upcoming(rule, draft.zone, now, 3)]
    people, shared, notes = None, False, []
    if looked:
        channel = await means.directory.channel(draft.channel_id)
        people, shared = await means.directory.people(draft.channel_id), bool(channel and channel.shared)
        notes = await cautions(
            means.store,
            means.directory,
            draft,
            team_id=actor.team_id,
            min_group=means.min_group,
            now=now,
        )
    view = asking.preview(
        draft,
        asked_by=(await means.directory.person(actor.user_id)).name,
        min_group=means.min_group,
        now=now,
        people=people,
        shared=shared,
        notes=notes,
        dates=dates,
    )
    return view if looked else {**view, "external_id": token_hex(16)}


async def _complete(
    means: Means,
    client: AsyncWebClient,
    draft: AskDraft,
    actor: Actor,
    external_id: str,
    *,
    now: datetime,
) -> None:
    """Fill the page in with what Slack knows of the channel, or say why nothing can be asked there."""
    try:
        await may_post(means.directory, user_id=actor.user_id, channel_id=draft.channel_id)
        view = await _page(means, draft, actor, now=now, looked=True)
    except Refused as refused:
        view = asking.refused_page(str(refused))
    await client.views_update(external_id=external_id, view={**view, "external_id": external_id})


async def on_preview(
    ack: AsyncAck,
    body: Body,
    client: AsyncWebClient,
    *,
    means: Means,
    afterwards: Afterwards,
    clock: Clock,
) -> None:
    """Ask, or keep the schedule; the asker is told in private."""
    form = read_submission(body)
    draft = asking.read_draft(form.private_metadata)
    await ack(response_action="clear")
    afterwards(_ask(means, client, draft, form.actor, now=clock()))


async def _ask(means: Means, client: AsyncWebClient, draft: AskDraft, actor: Actor, *, now: datetime) -> None:
    try:
        await may_post(means.directory, user_id=actor.user_id, channel_id=draft.channel_id)
    except Refused as refused:
        await client.chat_postMessage(channel=actor.user_id, text=str(refused))
        return
    pulse, wave = await ask(
        means.store,
        means.directory,
        draft,
        team_id=actor.team_id,
        user_id=actor.user_id,
        min_group=means.min_group,
        now=now,
    )
    await deliver(means.store, means.client, now=now)
    if wave:
        message = asking.asked(wave)
    else:
        rule = cadence.read(str(pulse.cadence))
        dates = [due.at for due in cadence.upcoming(rule, pulse.zone, now, 3)]
        message = asking.scheduled(pulse, dates=dates)
    await client.chat_postEphemeral(channel=draft.channel_id, user=actor.user_id, **message)


async def on_take_down(
    ack: AsyncAck,
    body: Body,
    respond: AsyncRespond,
    *,
    means: Means,
    afterwards: Afterwards,
    clock: Clock,
) -> None:
    """Remove a question and its answers; the button has asked once."""
    click = read_click(body)
    await ack()
    afterwards(_take_down(means, respond, click, now=clock()))


async def _take_down(means: Means, respond: AsyncRespond, click: Click, *, now: datetime) -> None:
    wave = await means.store.waves.get(click.actor.team_id, click.value)
    if wave is None or wave.taken_down:
        await tell(respond, receipts.old_button(), replace=click.private)
    elif not await is_lead(means.directory, wave.pulse, click.actor.user_id):
        await tell(respond, sentence(refusals.not_a_lead(wave.pulse, "take down")), replace=click.private)
    else:
        await means.store.waves.take_down(click.actor.team_id, wave.id, at=now)
        await deliver(means.store, means.client, now=now)
        await tell(respond, pulses.taken_down(wave), replace=click.private)
