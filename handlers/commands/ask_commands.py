"""`/pulse ask` and `/pulse schedule`: at once by words, or by a form."""

import re
from dataclasses import replace
from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

from handlers.context import Context, SlashCommand
from handlers.replies import in_time, open_form, type_again, whisper
from handlers.syntax import AskWords, CommandSyntaxError, read_ask, read_number, read_plan, seen_channel
from jobs.instruments import INSTRUMENTS
from jobs.messages.layout.blocks import Message, View
from jobs.messages.layout.sentence import sentence
from jobs.messages.lead import ask_preview, ask_view, confirm_asking
from jobs.messages.lead.ask_draft import AskDraft
from jobs.messages.wording import naming_words
from jobs.permissions.known_names import NewName
from jobs.permissions.may_post import require_full_member
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.permissions.scope import only_product
from jobs.permissions.what_about import About, WrongSubject, what_about
from jobs.pulses import control
from jobs.pulses.ask import Asked, ask
from jobs.pulses.meet_digest import foreseen_close
from jobs.pulses.second_yes import StillOpen, TooSoon
from jobs.slack.permalink import permalink
from storage.records import Wave


async def ask_now(context: Context, command: SlashCommand) -> Message | None:
    """`/pulse ask nps about Atlas`: ask at once, as typed; without words, open the form."""
    zone = await context.zone_of(command)
    words = read_ask(command.words, now=command.now, zone=zone)
    if words == AskWords():
        again = "Type `/pulse ask` again."
        await open_ask_form(context, command, command.trigger_id, again=again, schedule=False)
        return None
    return await ask_or_confirm(context, command, await _draft(context, command, words, zone))


async def ask_or_confirm(context: Context, requester: Requester, draft: AskDraft) -> Message | None:
    """Ask what a draft says, or answer with what wants a yes first; None where this was asked before.

    Everything is checked anew each time. The draft stands whole behind the buttons of the answer.
    """

    async def advise(advice: str) -> None:
        await whisper(
            context.client,
            channel_id=requester.channel_id,
            user_id=requester.user_id,
            message=sentence(advice),
            or_directly=False,
        )

    try:
        asked = await ask(
            context.store,
            context.directory,
            draft,
            requester,
            min_group=context.min_group,
            weeks=context.round_weeks,
            request_id=draft.request,
            advise=advise,
        )
    except NewName as new:
        return confirm_asking.new_name(draft, near=new.near)
    except TooSoon as soon:
        return confirm_asking.too_soon(draft, soon.told)
    except StillOpen as still:
        return confirm_asking.asked_twice(still.wave, link=await _link(context, still.wave))
    if asked.wave is None and not asked.pulse.product.is_called(draft.product):
        # Another button of the same answer was first: its answer stays, with Take it down.
        await advise(confirm_asking.asked_about(asked.pulse.product.name))
    return await told_when_asked(context, requester, asked)


async def told_when_asked(context: Context, requester: Requester, asked: Asked) -> Message | None:
    """That the question stands in its channel, once it does, or why it does not; None for a repeated one."""
    if asked.wave is None:
        return None
    say = partial(ask_preview.asked, asked.wave, meets=asked.meets, notes=asked.notes)
    return await context.once_posted(requester, asked.wave.id, posted=say(), on_its_way=say(stands=False))


async def _link(context: Context, wave: Wave) -> str | None:
    post = await context.store.outbox.post_for(wave.team_id, wave.id)
    if post is None or post.slack_ts is None:
        return None
    return await permalink(context.client, post.channel_id, post.slack_ts)


async def schedule(context: Context, command: SlashCommand) -> Message | None:
    """`/pulse schedule`: open the form, which for a schedule has more fields, filled with what was typed."""
    zone = await context.zone_of(command)
    filled = None
    if command.words.strip():
        words, rule, zone = read_plan(command.words, now=command.now, zone=zone)
        instrument = words.instrument or next(iter(INSTRUMENTS))
        about = await _planned_about(context, command, words, instrument)
        filled = AskDraft(
            instrument=instrument,
            product=about.product,
            subject=about.subject,
            channel_id=words.channel_id or command.channel_id,
            zone=zone,
            cadence=rule,
        )
    again = type_again("schedule", command.words)
    await open_ask_form(context, command, command.trigger_id, again=again, schedule=True, filled=filled)
    return None


async def _planned_about(context: Context, command: SlashCommand, words: AskWords, instrument: str) -> About:
    """What the form of a schedule is filled with; what is not clear is chosen there."""
    there = replace(command, channel_id=words.channel_id or command.channel_id)
    if words.about is None:
        return About(await only_product(context.store, context.directory, there) or "")
    try:
        return await what_about(
            context.store, context.directory, there, words.about, instrument=instrument, quoted=words.quoted
        )
    except WrongSubject:
        return About(words.about)
    except Refused:  # words for the question, but of which product?
        return About("", words.about)


async def change(context: Context, command: SlashCommand) -> Message | None:
    """`/pulse change 3`: open the form of a schedule as it is, for its leads."""
    number = read_number(command.words, "change")
    pulse = await control.led_schedule(context.store, context.directory, command, number=number)
    draft = AskDraft(
        instrument=pulse.instrument,
        product=pulse.product.name,
        subject="" if pulse.product.is_called(pulse.about) else pulse.subject,
        channel_id=pulse.channel_id,
        zone=pulse.zone,
        open_for=pulse.open_for,
        named=pulse.named,
        lens=pulse.lens,
        cadence=pulse.cadence,
        changes=pulse.number,
    )
    again = f"Type `/pulse change {number}` again."
    await open_ask_form(context, command, command.trigger_id, again=again, schedule=True, filled=draft)
    return None


async def open_ask_form(
    context: Context,
    requester: Requester,
    trigger_id: str,
    *,
    again: str,
    schedule: bool,
    filled: AskDraft | None = None,
) -> None:
    """Open the form that asks, or with `schedule` the one that asks again and again.

    `filled` has what was typed already, or the schedule that is to be changed. `again` is what the person may
    do where NotOpened is raised.
    """
    view = in_time(_ask_form(context, requester, schedule=schedule, filled=filled), again=again)
    await open_form(context.client, trigger_id, await view, again=again)


async def _ask_form(
    context: Context, requester: Requester, *, schedule: bool, filled: AskDraft | None
) -> View:
    await require_full_member(context.directory, requester.team_id, requester.user_id)
    zone = await context.zone_of(requester)
    product = filled.product if filled else await only_product(context.store, context.directory, requester)
    in_zone = filled.zone if filled else zone
    rule = (filled.cadence if filled else None) or ask_view.proposed(context.round_weeks)
    closes, digest = await foreseen_close(
        context.store,
        requester,
        filled.channel_id if filled else requester.channel_id,
        product,
        rule=rule if schedule else None,
        zone=in_zone,
    )
    return ask_view.ask_form(
        product=product,
        min_group=context.min_group,
        weeks=context.round_weeks,
        schedule=schedule,
        zone=zone,
        until=ask_view.until_label(closes, in_zone, digest=digest, schedule=schedule),
        filled=filled,
    )


async def _draft(context: Context, command: SlashCommand, words: AskWords, zone: str) -> AskDraft:
    if words.instrument is None:
        raise CommandSyntaxError("Say which question.", "/pulse ask nps about Atlas")
    about = await _about(context, command, words, words.instrument, zone)
    return AskDraft(
        instrument=words.instrument,
        product=about.product,
        subject=about.subject,
        channel_id=words.channel_id or command.channel_id,
        zone=zone,
        until=words.until,
        request=command.trigger_id,
    )


async def _about(
    context: Context, command: SlashCommand, words: AskWords, instrument: str, zone: str
) -> About:
    there = replace(command, channel_id=words.channel_id or command.channel_id)
    typed = words.about or await only_product(context.store, context.directory, there)
    if typed is None:
        nearest = f"/pulse ask {instrument} about Atlas{naming_words.ABOUT_WHAT.get(instrument, '')}"
        raise CommandSyntaxError("Say which product it is about.", _there(nearest, command, words, zone))
    try:
        return await what_about(
            context.store, context.directory, there, typed, instrument=instrument, quoted=words.quoted
        )
    except Refused as refused:
        raise Refused(_there(str(refused), command, words, zone)) from refused


def _there(told: str, command: SlashCommand, words: AskWords, zone: str) -> str:
    """What a refusal tells to type, with the channel and until when that were typed.

    Without its channel it would post elsewhere, without its end it would be open for another time.
    """
    channel = seen_channel(command.words)
    if channel is None:
        return re.sub(r"/pulse ask \w+ about [^`]*", "/pulse ask", told)
    named, until = f" {channel}" if channel else "", ""
    if words.until:
        whole = words.until + timedelta(seconds=59)  # to the minute, and never before it
        until = f" until {whole.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"
    return re.sub(
        r"(/pulse ask \w+)( about [^`]*)", lambda found: f"{found[1]}{named}{found[2]}{until}", told
    )
