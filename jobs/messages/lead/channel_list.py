"""What runs in a channel: its questions and digests, each with its state and next time."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from jobs.cadence import asked_next
from jobs.instruments import INSTRUMENTS
from jobs.messages.layout import digest_ids, ids
from jobs.messages.layout.blocks import (
    Block,
    Message,
    actions,
    button,
    message,
    named_buttons,
    option,
    section,
)
from jobs.messages.lead.asking_notes import counted_lately
from jobs.messages.lead.owner_notices import why
from jobs.messages.wording.escaping import safe, typed_name
from jobs.messages.wording.voice import Voice, channels, count, in_both_voices
from storage.records import Digest, Pulse, Wave

MOST_ROWS = 20
LONGEST_VALUE = 150  # characters of a choice
ROOM = 3_300  # characters of rows in `text`, which takes 4,000 in all
ROOM_IN_BLOCKS = 12_000  # characters of rows and menus; Slack refuses somewhat more than 13,000
TITLE = "What runs here"
Row = Callable[[Voice], str]
Menu = Sequence[Block]


def listing(
    rows: Sequence[tuple[Pulse, Wave | None]],
    digests: Sequence[Digest],
    *,
    now: datetime,
    counted: Mapping[str, tuple[date, date]] | None = None,
    imported: Collection[str] = (),
    hidden: Collection[str] = (),
    page: int = 1,
    starts: bool = True,
) -> Message:
    """The pulses that are open or come again, newest first, with their open waves; then the digests.

    Pulses that ended are only counted: asked once and closed, or their schedule was ended. What does not fit
    stands on other pages, from 1 on, with buttons that lead there; a `page` after the last is the last.
    `counted` says of pulses, by id, when their question was counted and from when on new answers are, where
    that is not at once. `imported` are the ids of pulses whose answers came from a file.
    `hidden` are channels of which whoever reads it may not know.
    With `starts`, buttons begin something new.
    """
    running = [(pulse, wave) for pulse, wave in rows if pulse.cadence or (wave and wave.open_at(now))]
    running.sort(key=lambda row: row[0].number, reverse=True)
    shown = {pulse.id for pulse, _ in running}
    said: list[tuple[Row, Menu]] = []
    for pulse, wave in running:
        is_open = wave if wave and wave.open_at(now) else None
        row = _pulse(pulse, is_open, (counted or {}).get(pulse.id), now)
        said.append((row, choices_of_pulse(pulse, is_open=is_open is not None)))
    said += [(_digest(digest, now, hidden), choices_of_digest(digest)) for digest in digests]
    pages = _pages(said)
    page = max(1, min(page, len(pages)))
    fitting = pages[page - 1] if pages else []
    over = [pulse for pulse, _ in rows if pulse.id not in shown]
    notes = [_where(pages, page), _ended(over, imported), _start(said)]
    buttons = [*_turn(pages, page), *(_starts(running) if starts else [])]
    named = {each["text"]["text"]: each for _, _, menu in fitting for each in menu}
    note_aloud, note = in_both_voices(lambda voice: " ".join(filter(None, (make(voice) for make in notes))))
    aloud = [f"{TITLE}." if said else "", *(aloud for aloud, _, _ in fitting), note_aloud]
    return message(
        " ".join(filter(None, [*aloud, named_buttons([*named.values(), *buttons])])),
        *([section(f"*{TITLE}*")] if said else []),
        *(_shown(place, shown, menu) for place, (_, shown, menu) in enumerate(fitting, 1)),
        *([section(note)] if note else []),
        *([actions("list", *buttons)] if buttons else []),
    )


def _pages(rows: Sequence[tuple[Row, Menu]]) -> list[list[tuple[str, str, Menu]]]:
    pages: list[list[tuple[str, str, Menu]]] = []
    aloud_room, shown_room = 0, 0
    for row, menu in rows:
        aloud, shown = in_both_voices(row)
        size = len(shown) + sum(len(each["text"]["text"]) for each in menu)
        aloud_room, shown_room = aloud_room - len(aloud), shown_room - size
        if min(aloud_room, shown_room) < 0 or len(pages[-1]) == MOST_ROWS:
            pages.append([])
            aloud_room, shown_room = ROOM - len(aloud), ROOM_IN_BLOCKS - size
        pages[-1].append((aloud, shown, menu))
    return pages


def _shown(place: int, text: str, choices: Menu) -> Block:
    """A row, with the menu of what can be done, where there is room for its commands."""
    if any(len(each["value"]) > LONGEST_VALUE for each in choices):
        return section(text)
    menu: Block = {"type": "overflow", "action_id": ids.ROW_MENU, "options": list(choices)}
    return section(text, accessory=menu) | {"block_id": f"row/{place}"}


def choices_of_pulse(pulse: Pulse, *, is_open: bool) -> Menu:
    """What can be done with a question: each choice is the command that does it or asks first."""
    offered = {"Close now": "close"} if is_open else {}
    if pulse.cadence:
        offered["Change the schedule"] = "change"
        offered["Go on" if pulse.paused else "Pause"] = "resume" if pulse.paused else "pause"
        offered["End the schedule"] = "end"
    elif is_open:
        offered["Take it down"] = "takedown"
    offered["Who leads it"] = "leads"
    return [option(label, f"{verb} {pulse.number}") for label, verb in offered.items()]


def choices_of_digest(digest: Digest) -> Menu:
    """What can be done with a digest, in the same way."""
    named = typed_name(digest.product.name)
    offered = {"Preview, only to me": "preview", "Change the digest": "change"}
    return [option(label, f"digest {named} {verb}") for label, verb in offered.items()]


def _turn(pages: Sequence[Sequence[object]], page: int) -> list[Block]:
    """[Back 20] [Next 3], as far as there is something; `/pulse list 2` does the same."""
    row = []
    if page > 1:
        row.append(button(f"Back {len(pages[page - 2])}", "again/1", value=f"list {page - 1}"))
    if page < len(pages):
        row.append(button(f"Next {len(pages[page])}", "again/2", value=f"list {page + 1}"))
    return row


def _starts(running: Sequence[object]) -> list[Block]:
    """[Ask this channel] [Repeat a question] [Set up a digest]; the one between only beside what runs."""
    repeat = [button("Repeat a question", ids.SCHEDULE)] if running else []
    return [button("Ask this channel", ids.ASK), *repeat, button("Set up a digest", digest_ids.SET_UP)]


def _where(pages: Sequence[Sequence[object]], page: int) -> Row:
    """Which rows of how many the page shows; nothing where it shows all."""
    if not pages[1:]:
        return lambda _: ""
    first = sum(map(len, pages[: page - 1])) + 1
    last, total = first + len(pages[page - 1]) - 1, sum(map(len, pages))
    which = f"{first:,} to {last:,}" if first < last else f"{last:,}"
    return lambda _: f"{which} of {total:,}."


def _pulse(pulse: Pulse, wave: Wave | None, counted: tuple[date, date] | None, now: datetime) -> Row:
    def say(voice: Voice) -> str:
        instrument = INSTRUMENTS[pulse.instrument]
        name = f"{instrument.in_full or instrument.name} about {safe(pulse.about)}"
        rule = voice.rhythm(pulse.cadence, pulse.zone) if pulse.cadence else ""
        state = []
        if wave:
            state.append(f"open until {voice.when(wave.closes_at, pulse.zone)}")
            state += [f"{wave.answered:,} answered"] if wave.answered else []
        state += [_next(voice, pulse, now)] if pulse.cadence else []
        row = _row(voice, f"Question {pulse.number}", [name, rule], state)
        return voice.lines(row, counted_lately(*counted, voice)) if counted else row

    return say


def _digest(digest: Digest, now: datetime, hidden: Collection[str]) -> Row:
    def say(voice: Voice) -> str:
        rule = voice.rhythm(digest.cadence, digest.zone)
        sources = f"from {channels(digest.sources, hidden)}" if digest.sources else ""
        silent = "" if digest.paused else "silent unless something is counted"
        state = [_next(voice, digest, now), silent, sources]
        whole = ", the whole organisation" if digest.product.whole else ""
        return _row(voice, f"Digest of {safe(digest.product.name)}{whole}", [rule], state)

    return say


def _row(voice: Voice, what: str, facts: Sequence[str], state: Sequence[str]) -> str:
    facts, state = [fact for fact in facts if fact], [fact for fact in state if fact]
    if voice.aloud:
        return f"{what}: {', '.join([*facts, *state])}."
    return voice.lines(" · ".join([voice.bold(what), *facts]), " · ".join(state))


def _next(voice: Voice, owned: Pulse | Digest, now: datetime) -> str:
    if owned.paused:
        reason = why(owned, owned.pause_reason).removesuffix(".") if owned.pause_reason else ""
        return f"paused: {reason}" if reason else "paused"
    next_at = asked_next(owned, now)
    return f"next {voice.when(next_at, owned.zone)}" if next_at else ""


def _ended(pulses: Iterable[Pulse], imported: Collection[str]) -> Row:
    """How many questions have ended, those with a schedule apart, and how many came from files."""
    kinds = Counter(
        "imported" if pulse.id in imported else "one-off" if pulse.asked_once else "repeated"
        for pulse in pulses
    )
    said = [
        f"{count(kinds[kind], f'{kind} question')} {'has' if kinds[kind] == 1 else 'have'} ended."
        for kind in ("one-off", "repeated")
        if kinds[kind]
    ]
    files = kinds["imported"]
    said += [f"{count(files, 'question')} {'was' if files == 1 else 'were'} imported."] if files else []
    return lambda _: " ".join(said)


def _start(rows: Sequence[object]) -> Row:
    if rows:
        return lambda _: ""
    return lambda voice: f"Nothing runs here. Start with {voice.code('/pulse ask nps about Atlas')}."
