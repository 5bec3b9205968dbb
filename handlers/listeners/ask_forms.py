"""A lead asks or schedules by form: the form and its preview."""

from dataclasses import replace
from datetime import datetime
from secrets import token_hex

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from handlers.commands.ask_commands import open_ask_form, told_when_asked
from handlers.context import Context, requester_of
from handlers.form_values import chosen
from handlers.page_updates import complete_form
from handlers.payloads import Actor, Body, Click, read_click, read_submission
from handlers.replies import press_again, reply_or_refusal, tell, whisper
from handlers.syntax import check_ask
from jobs import cadence
from jobs.instruments import INSTRUMENTS
from jobs.messages.layout import edition_ids, ids
from jobs.messages.layout.blocks import Message, View
from jobs.messages.layout.sentence import sentence
from jobs.messages.lead import ask_preview, ask_view, confirm_asking, pulse_status
from jobs.messages.lead.ask_draft import AskDraft, read_draft
from jobs.messages.wording import lead_refusals
from jobs.permissions.known_names import NewName, known_product
from jobs.permissions.may_post import field_problems, may_post
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.permissions.what_about import is_phrase, what_about
from jobs.pulses import control
from jobs.pulses.ask import ask
from jobs.pulses.before_asking import BeforeAsking, look_ahead


async def on_ask(
    ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context, schedule: bool = False
) -> None:
    """Open the form that asks, or with `schedule` the one that asks again and again; or say why not."""
    click = read_click(body)
    await ack()
    requester = requester_of(click.actor, channel_id=click.channel_id, now=context.clock())
    context.background.start(_open_or_refuse(context, respond, requester, click, schedule=schedule))
    if edition_id := edition_ids.edition_of(click.block_id):  # a digest under which it is pressed is read
        context.background.start(context.store.digests.was_read(click.actor.team_id, edition_id))


async def _open_or_refuse(
    context: Context, respond: AsyncRespond, requester: Requester, click: Click, *, schedule: bool
) -> None:
    again = press_again(click)
    opened = open_ask_form(context, requester, click.trigger_id, again=again, schedule=schedule)
    refusal = await reply_or_refusal(opened, team_id=requester.team_id)
    if refusal is not None:
        await tell(respond, refusal)


async def on_ask_form(ack: AsyncAck, body: Body, *, context: Context) -> None:
    """Check what was typed, then show the question as people will read it.

    The page comes with the ack, or what is wrong with the channel, if Slack tells it soon; what else Slack
    has to be asked for (how many people, what to know) follows.
    """
    form, now = read_submission(body), context.clock()
    draft = ask_view.read_ask_form(form.values, form.private_metadata)
    actor = form.actor
    known = context.directory.remembered(actor.team_id, actor.user_id)  # Slack is not asked before the ack
    own = known.zone if known else None
    draft, problems = check_ask(
        draft,
        zone=own or context.zone,
        now=now,
        fields=ask_view.schedule_of(form.values),
        before=ask_view.schedule_before(form.private_metadata),
    )
    requester = requester_of(actor, channel_id=None, now=now)
    here = {ids.CHANNEL_BLOCK: [] if draft.changes else [draft.channel_id]}
    problems |= await field_problems(context.directory, requester, here)
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
    """Fill the page in with what is known of product and channel, or say why nothing can be asked there.

    Back leads from each such page to the form, with everything that was typed.
    """
    pages: list[View] = []

    async def look() -> None:
        try:
            pages.append(await _known_page(context, draft, requester))
        except NewName as new:
            pages.append(confirm_asking.new_name_form(draft, near=new.near))

    refusal = await reply_or_refusal(look(), team_id=requester.team_id)
    if refusal is not None:
        pages.append(ask_preview.refused_page(refusal["blocks"][0]["text"]["text"]))
    if not await complete_form(context.client, external_id, pages[0]):
        message = sentence(ask_preview.NOT_COMPLETED, "/pulse ask")
        await whisper(context.client, channel_id=draft.channel_id, user_id=requester.user_id, message=message)


async def _known_page(context: Context, draft: AskDraft, requester: Requester) -> View:
    """The preview with what is known of product, channel and schedule."""
    changed = None
    if draft.changes:
        there = replace(requester, channel_id=draft.channel_id)
        changed = await control.look_at_change(context.store, context.directory, there, draft)
    elif not draft.new_name:
        draft = await _about_known(context, draft, requester)
    found = await look_ahead(
        context.store,
        context.directory,
        draft,
        requester,
        min_group=context.min_group,
        weeks=context.round_weeks,
    )
    after = requester.now
    if changed:
        after = changed.after
        told = pulse_status.changes(
            changed.pulse,
            open_wave=changed.open_wave,
            reworded=changed.reworded,
            waiting=changed.waiting,
        )
        found = replace(found, notes=[*told, *found.notes])
    return _page(context, draft, after, asked_by=found.asked_by, found=found)


async def _about_known(context: Context, draft: AskDraft, requester: Requester) -> AskDraft:
    """The draft about a known product; words typed as its name are those of the question, as in a command.

    Raises NewName for a name that is not known.
    """
    if not draft.subject and is_phrase(draft.product):
        await may_post(context.directory, requester, draft.channel_id)
        there = replace(requester, channel_id=draft.channel_id)
        try:
            about = await what_about(
                context.store,
                context.directory,
                there,
                draft.product,
                instrument=draft.instrument,
                quoted=False,
            )
        except Refused as unclear:
            raise Refused(lead_refusals.words_are_no_product(draft.product)) from unclear
        draft = replace(draft, product=about.product, subject=about.subject)
    known = await known_product(context.store, context.directory, requester, draft.product)
    return replace(draft, product=known.name)


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
        small=found.small if found else "",
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
    if draft.changes:
        there = replace(requester, channel_id=draft.channel_id)
        changed = await control.change(context.store, context.directory, there, draft)
        return pulse_status.changed(changed.pulse, open_wave=changed.open_wave)
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
    pulse = asked.pulse
    if pulse.cadence:
        dates = _dates(pulse.cadence, pulse.zone, requester.now)
        return ask_preview.scheduled(pulse, dates=dates, weeks=context.round_weeks)
    return await told_when_asked(context, requester, asked)
