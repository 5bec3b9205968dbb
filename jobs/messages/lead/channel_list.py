"""What runs in a channel: its questions and digests, each with its state and next time."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from jobs.cadence import asked_next
from jobs.instruments import INSTRUMENTS
from jobs.messages.layout.blocks import Message, message, section
from jobs.messages.lead.asking_notes import counted_lately
from jobs.messages.lead.owner_notices import why
from jobs.messages.wording.escaping import safe
from jobs.messages.wording.voice import Voice, count, in_both_voices, listed
from storage.records import Digest, Pulse, Wave

MOST_ROWS = 20
ROOM = 3_300  # characters of rows in `text`, which takes 4,000 in all
TITLE = "What runs here"
Row = Callable[[Voice], str]


def listing(
    rows: Sequence[tuple[Pulse, Wave | None]],
    digests: Sequence[Digest],
    *,
    now: datetime,
    counted: Mapping[str, tuple[date, date]] | None = None,
) -> Message:
    """The pulses that are open or come again, newest first, with their open waves; then the digests.

    Pulses that ended are only counted: asked once and closed, or their schedule was ended. What does not
    fit is counted too. `counted` says of pulses, by id, when their question was counted and from when on new
    answers are, where that is not at once.
    """
    running = [(pulse, wave) for pulse, wave in rows if pulse.cadence or (wave and wave.open_at(now))]
    running.sort(key=lambda row: row[0].number, reverse=True)
    said: list[Row] = [
        _pulse(pulse, wave if wave and wave.open_at(now) else None, (counted or {}).get(pulse.id), now)
        for pulse, wave in running
    ]
    said += [_digest(digest, now) for digest in digests]
    fitting = _fitting(said)
    notes = [_more(len(said) - len(fitting)), _ended(len(rows) - len(running)), _start(said)]
    note_aloud, note = in_both_voices(lambda voice: " ".join(filter(None, (make(voice) for make in notes))))
    aloud = [f"{TITLE}." if said else "", *(aloud for aloud, _ in fitting), note_aloud]
    return message(
        " ".join(filter(None, aloud)),
        *([section(f"*{TITLE}*")] if said else []),
        *(section(shown) for _, shown in fitting),
        *([section(note)] if note else []),
    )


def _fitting(rows: Sequence[Row]) -> list[tuple[str, str]]:
    made: list[tuple[str, str]] = []
    room = ROOM
    for row in rows[:MOST_ROWS]:
        aloud, shown = in_both_voices(row)
        room -= len(aloud)
        if made and room < 0:
            break
        made.append((aloud, shown))
    return made


def _pulse(pulse: Pulse, wave: Wave | None, counted: tuple[date, date] | None, now: datetime) -> Row:
    def say(voice: Voice) -> str:
        name = f"{INSTRUMENTS[pulse.instrument].name} about {safe(pulse.subject)}"
        rule = voice.rhythm(pulse.cadence, pulse.zone) if pulse.cadence else ""
        state = []
        if wave:
            state.append(f"open until {voice.when(wave.closes_at, pulse.zone)}")
            state += [f"{wave.answered:,} answered"] if wave.answered else []
        state += [_next(voice, pulse, now)] if pulse.cadence else []
        row = _row(voice, f"Pulse {pulse.number}", [name, rule], state)
        return voice.lines(row, counted_lately(*counted, voice)) if counted else row

    return say


def _digest(digest: Digest, now: datetime) -> Row:
    def say(voice: Voice) -> str:
        rule = voice.rhythm(digest.cadence, digest.zone)
        sources = f"from {listed([f'<#{source}>' for source in digest.sources])}" if digest.sources else ""
        silent = "" if digest.paused else "silent unless something is counted"
        state = [_next(voice, digest, now), silent, sources]
        return _row(voice, f"Digest of {safe(digest.product.name)}", [rule], state)

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


def _more(more: int) -> Row:
    return lambda _: f"{more:,} more {'runs' if more == 1 else 'run'} here." if more else ""


def _ended(ended: int) -> Row:
    verb = "has" if ended == 1 else "have"
    return lambda _: f"{count(ended, 'pulse')} {verb} ended." if ended else ""


def _start(rows: Sequence[Row]) -> Row:
    if rows:
        return lambda _: ""
    return lambda voice: f"Nothing runs here. Start with {voice.code('/pulse ask nps about Atlas')}."
