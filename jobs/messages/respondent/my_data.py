"""What is kept of a person, as a form or a private message: each answer, its comment, the way to erase it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
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
from jobs.messages.layout.saved_ids import REMOVE
from jobs.messages.respondent.quiet_words import next_button, next_words
from jobs.messages.respondent.receipts import take_back_button
from jobs.messages.respondent.role_view import role_line, role_section
from jobs.messages.wording.escaping import safe, sentence_of_comment
from jobs.messages.wording.voice import MONTHS, MRKDWN, SPEECH, Voice, count, in_both_voices, listed
from storage.records import Comment, CountedAnswer, KeptOfPerson, Pulse, Quiet, Response, SavedMessage, Wave

TITLE = "What is kept of you"
MOST_ROLES = 8  # products with a button each
NOTHING = "Nothing is kept of you."
CODE = "Stored without your name, under a code made from your Slack id"
SLACK_ID = "Stored with your Slack id, as the question said."
REMINDERS = (
    "For reminders: when a message last went out to you, also by kind of question, and what you said about "
    "that, under a code."
)


@dataclass(frozen=True, slots=True)
class Room:
    """How much a form or a message takes: so many blocks, and so many characters of answers in its `text`."""

    blocks: int
    characters: int


IN_A_FORM = Room(95, 60_000)
IN_A_MESSAGE = Room(45, 3_500)  # Slack takes 50 blocks, and 4,000 characters of `text`
LONGEST_COMMENT = 2_500  # in `text`, so that one alone leaves room for the rest


def my_data_view(kept: KeptOfPerson, *, now: datetime, quiet: Quiet | None = None, zone: str = "UTC") -> View:
    """What is kept of a person, newest answer first, as a form; what does not fit is counted.

    Below stands when they may be written to next, by why they are left in `quiet` and the days of their zone.
    """
    if not kept:
        return modal(ids.KEPT_VIEW, TITLE, [section(NOTHING), _next(quiet, zone)], close="Close")
    blocks = _blocks(kept, _fitting(kept, now, IN_A_FORM), quiet, zone)
    return modal(ids.KEPT_VIEW, TITLE, blocks, close="Close")


def my_data_message(
    kept: KeptOfPerson, *, now: datetime, quiet: Quiet | None = None, zone: str = "UTC"
) -> Message:
    """The same as a private message."""
    following = f"Next: {next_words(quiet, zone, SPEECH)}"
    if not kept:
        return message(f"{NOTHING} {following}", section(NOTHING), _next(quiet, zone))
    entries = _fitting(kept, now, IN_A_MESSAGE)
    said = [f"{TITLE}.", *(entry.aloud for entry in entries), _left_out(kept, entries)]
    take_back = "Take it back, " if any(entry.open for entry in entries) else ""
    take_back += "Remove it, " if any(entry.removable for entry in entries) else ""
    roles = [role_line(SPEECH, known) for known in kept.roles[:MOST_ROLES]]
    change = "Change, " if roles else ""
    last = next_button(quiet, ids.ME_BLOCK)["text"]["text"]
    buttons = f"Buttons: {take_back}{change}Forget me, {last}."
    return message(
        " ".join(filter(None, [*said, *roles, _more_roles(kept), following, *_small(kept), buttons])),
        section(MRKDWN.bold(TITLE)),
        *_blocks(kept, entries, quiet, zone),
    )


def _next(quiet: Quiet | None, zone: str) -> Block:
    return section(f"{MRKDWN.bold('Next:')} {next_words(quiet, zone)}")


def forget_button(*, named: bool, saved: bool = False) -> Block:
    """Forget me: it asks once, in red; `named` where answers have a name, `saved` where messages are kept."""
    scores = "Answers already in a score stay in it, no longer tied to you: nobody can trace them."
    if named:
        scores = (
            "Your name goes from the lists of answers. Answers already in a score stay in it: "
            "whoever kept a list with your name can still work out which was yours."
        )
    written = "comments, quotes, saved messages and words in passing" if saved else "comments and quotes"
    gone = f"Your {written} are erased everywhere. Answers to open questions are deleted."
    words = f"{gone} {scores} This cannot be undone."
    dialog = confirm("Forget you?", words, yes="Forget me", no="Keep all", danger=True)
    return button("Forget me", ids.FORGET, confirm=dialog)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One answer: its blocks, and what they say."""

    blocks: tuple[Block, ...]
    aloud: str
    open: bool = False
    removable: bool = False


def _fitting(kept: KeptOfPerson, now: datetime, room: Room) -> list[_Entry]:
    entries: list[_Entry] = []
    blocks = characters = 0
    for entry in _entries(kept, now):
        blocks, characters = blocks + len(entry.blocks), characters + len(entry.aloud)
        if entries and (
            blocks > room.blocks - 7 - len(kept.roles[:MOST_ROLES]) or characters > room.characters
        ):
            break
        entries.append(entry)
    return entries


def _entries(kept: KeptOfPerson, now: datetime) -> Iterator[_Entry]:
    yield from (_response(each, now) for each in kept.responses)
    yield from map(_saved, kept.saved)
    yield from (_counted(each, now) for each in kept.counted)
    if kept.savings:
        messages = count(kept.savings, "message")
        said = f"You saved {messages} of others from private conversations."
        yield _Entry((section(said),), said)


def _blocks(kept: KeptOfPerson, entries: list[_Entry], quiet: Quiet | None, zone: str) -> list[Block]:
    left = _left_out(kept, entries)
    return [
        *(block for entry in entries for block in entry.blocks),
        *([section(left)] if left else []),
        divider(),
        *(role_section(known) for known in kept.roles[:MOST_ROLES]),
        *([section(_more_roles(kept))] if _more_roles(kept) else []),
        _next(quiet, zone),
        context("\n".join(_small(kept))),
        actions(
            ids.ME_BLOCK,
            forget_button(named=kept.named, saved=bool(kept.saved)),
            next_button(quiet, ids.ME_BLOCK),
        ),
    ]


def _response(response: Response, now: datetime) -> _Entry:
    """An answer that is not counted yet, or one with a name: what was chosen, and what was written."""
    wave = response.wave
    still_open = wave.open_at(now)
    aloud, shown = in_both_voices(lambda voice: _answer(voice, response, now))
    button_beside = take_back_button(wave) if still_open else None
    blocks, words = _written(response.comment)
    return _Entry((section(shown, accessory=button_beside), *blocks), aloud + words, still_open)


def _counted(kept: CountedAnswer, now: datetime) -> _Entry:
    """What is left of a counted answer."""

    def say(voice: Voice) -> str:
        about = voice.bold(_about(kept.wave.pulse))
        if kept.counted_on:
            month = _month(kept.counted_on, kept.wave.pulse, now)
            return f"{about}: counted in {month}, no longer tied to you" + ("." if voice.aloud else "")
        where = f"{about}, <#{kept.wave.pulse.channel_id}>, {_when(kept.wave, now)}"
        return where + ("." if voice.aloud else "")

    aloud, shown = in_both_voices(say)
    blocks, words = _written(kept.comment)
    return _Entry((section(shown), *blocks), aloud + words)


def _saved(saved: SavedMessage) -> _Entry:
    """A message that somebody saved, or words said in passing, with the button that removes it."""
    origin = saved.origin
    where = f"saved from <#{origin.channel_id}>" if origin.channel_id else "saved from a private conversation"
    how = "said in passing" if saved.said else where
    aloud, shown = in_both_voices(lambda voice: f"{voice.bold(f'About {safe(saved.product.name)}')}, {how}")
    remove = button("Remove it", REMOVE, value=saved.id)
    words = f"{aloud}: {sentence_of_comment(saved.text, LONGEST_COMMENT)}"
    return _Entry((section(shown, accessory=remove), quote(saved.text)), words, removable=True)


def _written(comment: Comment | None) -> tuple[tuple[Block, ...], str]:
    """A comment with its permission, as blocks and in words."""
    if comment is None:
        return (), ""
    allowed = "May be quoted without your name" if comment.may_quote else "Not to be quoted"
    words = f" You wrote: {sentence_of_comment(comment.text, LONGEST_COMMENT)} {allowed}."
    return (quote(comment.text), context(allowed)), words


def _answer(voice: Voice, response: Response, now: datetime) -> str:
    """Which question, where and when, and what was chosen."""
    pulse = response.wave.pulse
    named = ", with your name" if pulse.named else ""
    points = listed([voice.bold(str(point)) for _, point in sorted(response.points.items())])
    where = f"{voice.bold(_about(pulse))}, <#{pulse.channel_id}>{named}, {_when(response.wave, now)}"
    return f"{where}: you chose {points}." if voice.aloud else f"{where}\nYou chose {points}."


def _about(pulse: Pulse) -> str:
    return f"{INSTRUMENTS[pulse.instrument].name} about {safe(pulse.about)}"


def _when(wave: Wave, now: datetime) -> str:
    """The word "open", or the month of the close: no exact time stands beside an answer."""
    if wave.open_at(now):
        return "open"
    return _month(wave.closes_at.astimezone(ZoneInfo(wave.pulse.zone)).date(), wave.pulse, now)


def _month(day: date, pulse: Pulse, now: datetime) -> str:
    month = MONTHS[day.month - 1]
    return month if day.year == now.astimezone(ZoneInfo(pulse.zone)).year else f"{month} {day.year}"


def _left_out(kept: KeptOfPerson, entries: list[_Entry]) -> str:
    everything = len(kept.responses) + len(kept.counted) + len(kept.saved) + bool(kept.savings)
    more = everything - len(entries)
    return f"{more:,} more {'is' if more == 1 else 'are'} kept." if more else ""


def _more_roles(kept: KeptOfPerson) -> str:
    more = len(kept.roles) - MOST_ROLES
    return f"How you know {count(more, 'more product')} is kept." if more > 0 else ""


def _small(kept: KeptOfPerson) -> list[str]:
    """Under which id it is kept: a code in confidential questions, the Slack id in those with names."""
    reminders = [REMINDERS] if kept.pause else []
    if not kept.named:
        return [f"{CODE}.", *reminders]
    others = kept.counted or kept.roles or kept.saved or kept.savings
    if not others and all(response.wave.pulse.named for response in kept.responses):
        return [SLACK_ID, *reminders]
    return [f"{CODE}; where it says “with your name”, with your Slack id.", *reminders]
