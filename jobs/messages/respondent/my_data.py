"""What is kept of a person, as a form or a private message: each answer, its comment, the way to erase it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from jobs.instruments import INSTRUMENTS
from jobs.messages.layout import ids
from jobs.messages.layout.blocks import (
    Block,
    Message,
    View,
    actions,
    button,
    confirm,
    context,
    divider,
    message,
    modal,
    quote,
    section,
)
from jobs.messages.respondent.receipts import take_back_button
from jobs.messages.wording.escaping import safe, sentence_of_comment
from jobs.messages.wording.voice import MONTHS, MRKDWN, SPEECH, Voice, count, in_both_voices, listed
from storage.records import Response, Wave

TITLE = "What is kept of you"
NOTHING = "Nothing is kept of you."


@dataclass(frozen=True, slots=True)
class Room:
    """How much a form or a message takes: so many blocks, and so many characters of answers in its `text`."""

    blocks: int
    characters: int


IN_A_FORM = Room(95, 60_000)
IN_A_MESSAGE = Room(45, 3_500)  # Slack takes 50 blocks, and 4,000 characters of `text`
LONGEST_COMMENT = 2_500  # in `text`, so that one alone leaves room for the rest


def my_data_view(responses: Sequence[Response], *, now: datetime, next_at: datetime | None = None) -> View:
    """What is kept of a person, newest answer first, as a form; what does not fit is counted.

    `next_at` is the day before which Bifocal will not write to them; with None that line is left out.
    """
    if not responses:
        return modal(ids.KEPT_VIEW, TITLE, [section(NOTHING)], close="Close")
    entries = _fitting(responses, now, IN_A_FORM)
    foot = [divider(), *_foot(responses, next_at), actions(ids.ME_BLOCK, forget_button())]
    blocks = [block for entry in entries for block in entry.blocks]
    return modal(ids.KEPT_VIEW, TITLE, [*blocks, *_more(responses, entries), *foot], close="Close")


def my_data_message(
    responses: Sequence[Response], *, now: datetime, next_at: datetime | None = None
) -> Message:
    """The same as a private message."""
    if not responses:
        return message(NOTHING, section(NOTHING))
    entries = _fitting(responses, now, IN_A_MESSAGE)
    take_back = "Take it back, " if any(entry.open for entry in entries) else ""
    answers = [entry.aloud for entry in entries]
    foot = [_left_out(responses, entries), _following(SPEECH, next_at), _how_kept(responses)]
    return message(
        " ".join(filter(None, [f"{TITLE}.", *answers, *foot, f"Buttons: {take_back}Erase everything."])),
        section(MRKDWN.bold(TITLE)),
        *(block for entry in entries for block in entry.blocks),
        *_more(responses, entries),
        divider(),
        *_foot(responses, next_at),
        actions(ids.ME_BLOCK, forget_button()),
    )


def forget_button() -> Block:
    """Erase everything: it asks once, in red."""
    dialog = confirm(
        "Erase everything?",
        "Your answers and comments are erased, and quotes of yours are taken out of posted digests. "
        "Figures already posted stay.",
        yes="Erase everything",
        no="Keep it",
        danger=True,
    )
    return button("Erase everything", ids.FORGET, confirm=dialog)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One answer: its blocks, and what they say."""

    blocks: tuple[Block, ...]
    aloud: str
    open: bool


def _fitting(responses: Sequence[Response], now: datetime, room: Room) -> list[_Entry]:
    entries: list[_Entry] = []
    blocks = characters = 0
    for response in responses:
        entry = _entry(response, now)
        blocks, characters = blocks + len(entry.blocks), characters + len(entry.aloud)
        if entries and (blocks > room.blocks - 5 or characters > room.characters):
            break
        entries.append(entry)
    return entries


def _entry(response: Response, now: datetime) -> _Entry:
    comment = response.comment
    still_open = response.wave.open_at(now)
    several = INSTRUMENTS[response.wave.pulse.instrument].has_form
    aloud, shown = in_both_voices(lambda voice: _answer(voice, response, now))
    blocks = [
        section(shown, accessory=take_back_button(response.wave, several=several) if still_open else None)
    ]
    if comment:
        allowed = "May be quoted without your name" if comment.may_quote else "Not to be quoted"
        blocks += [quote(comment.text), context(allowed)]
        aloud += f" You wrote: {sentence_of_comment(comment.text, LONGEST_COMMENT)} {allowed}."
    return _Entry(tuple(blocks), aloud, still_open)


def _answer(voice: Voice, response: Response, now: datetime) -> str:
    """Which question, where and when, and what was chosen."""
    pulse = response.wave.pulse
    about = voice.bold(f"{INSTRUMENTS[pulse.instrument].name} about {safe(pulse.subject)}")
    named = ", with your name" if pulse.named else ""
    points = listed([voice.bold(str(point)) for _, point in sorted(response.points.items())])
    where = f"{about}, <#{pulse.channel_id}>{named}, {_when(response.wave, now)}"
    return f"{where}: you chose {points}." if voice.aloud else f"{where}\nYou chose {points}."


def _when(wave: Wave, now: datetime) -> str:
    """The word "open", or the month of the close: no exact time stands beside an answer."""
    if wave.open_at(now):
        return "open"
    zone = ZoneInfo(wave.pulse.zone)
    closed = wave.closes_at.astimezone(zone)
    month = MONTHS[closed.month - 1]
    return month if closed.year == now.astimezone(zone).year else f"{month} {closed.year}"


def _more(responses: Sequence[Response], entries: Sequence[_Entry]) -> list[Block]:
    return [section(_left_out(responses, entries))] if len(entries) < len(responses) else []


def _left_out(responses: Sequence[Response], entries: Sequence[_Entry]) -> str:
    more = len(responses) - len(entries)
    return f"{count(more, 'more answer')} {'is' if more == 1 else 'are'} kept." if more else ""


def _foot(responses: Sequence[Response], next_at: datetime | None) -> list[Block]:
    following = _following(MRKDWN, next_at)
    return [*([section(following)] if following else []), context(_how_kept(responses))]


def _following(voice: Voice, next_at: datetime | None) -> str:
    if next_at is None:
        return ""
    return f"{voice.bold('Next:')} Bifocal will not write to you before {voice.day(next_at.date())}."


def _how_kept(responses: Sequence[Response]) -> str:
    """Under which id it is kept: scrambled in confidential questions, the Slack id in those with names."""
    named = {response.wave.pulse.named for response in responses}
    if named == {True}:
        return "Kept with your Slack id, as the question said."
    scrambled = "Kept under a scrambled form of your Slack id, without your name"
    return (
        f"{scrambled}; where it says “with your name”, with your Slack id."
        if True in named
        else f"{scrambled}."
    )
