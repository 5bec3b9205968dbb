"""What a lead runs, on their Home tab: whether all is well, each question and digest with its menu. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from jobs.cadence import asked_next
from jobs.instruments import INSTRUMENTS
from jobs.messages.layout import digest_ids, ids
from jobs.messages.layout.blocks import Block, actions, button, context, header, section
from jobs.messages.lead.channel_list import choices_of_digest, choices_of_pulse
from jobs.messages.lead.owner_notices import remedy, why
from jobs.messages.wording.escaping import safe
from jobs.messages.wording.voice import MRKDWN, count, listed
from jobs.messages.wording.why_not import channel
from storage.records import Digest, Lens, Pulse, Wave
from storage.records.pulse_records import ENDED

MOST_ROWS = 30
MOST_TROUBLES = 10
SIDES = ((Lens.CX, "Customers", "nps"), (Lens.UX, "Users", "umux_lite"))


@dataclass(frozen=True, slots=True)
class LastEdition:
    """The newest digest that was posted, and the zone by whose clock it is."""

    at: datetime
    zone: str
    link: str | None


@dataclass(frozen=True, slots=True)
class Running:
    """The questions of a lead with their newest waves, their digests, the last edition of these.

    `hidden` are the channels of which the lead may not be told.
    """

    questions: Sequence[tuple[Pulse, Wave | None]]
    digests: Sequence[Digest]
    last: LastEdition | None
    hidden: Collection[str] = ()


def what_i_run(running: Running, *, now: datetime) -> list[Block]:
    """The part of the page for leads; until the first digest a list of what is still to be done."""
    steps = [] if running.last else _first_digest(running, now)
    troubles = [_trouble(owned, running.hidden) for owned in _stopped(running)]
    rows = _rows(running, now)
    more = len(rows) - MOST_ROWS
    rest = [context(f"{more:,} more: type `/pulse list` in their channels.")] if more > 0 else []
    return [
        *steps,
        header("What you run"),
        *(troubles[:MOST_TROUBLES] or [context(_all_well(running, now))]),
        *rows[:MOST_ROWS],
        *rest,
        actions(
            ids.HOME_LEAD_BLOCK,
            button("Ask a channel", ids.ASK),
            button("Repeat a question", ids.SCHEDULE),
            button("Set up a digest", digest_ids.SET_UP),
        ),
    ]


def _stopped(running: Running) -> list[Pulse | Digest]:
    """What was paused by a fault and not by a person."""
    owned: list[Pulse | Digest] = [*(pulse for pulse, _ in running.questions), *running.digests]
    return [each for each in owned if each.paused and each.pause_reason not in (None, ENDED)]


def _trouble(owned: Pulse | Digest, hidden: Collection[str]) -> Block:
    what = f"the digest about {safe(owned.product.name)}" if isinstance(owned, Digest) else _name(owned)
    reason = owned.pause_reason or ""
    if owned.channel_id in hidden:
        return section(
            f"*Paused:* {what}. Slack takes nothing of it in {_places([owned.channel_id], hidden)}."
        )
    words = f"*Paused:* {what}. {why(owned, reason)} {remedy(reason)}"
    if isinstance(owned, Digest):
        return section(f"{words} Then set it up again.")
    again = button("Try again", "again/1", value=f"resume {owned.number}")
    return section(f"{words} Then press Try again.", accessory=again) | {
        "block_id": ids.home_row(owned.channel_id, f"stopped/{owned.number}")
    }


def _all_well(running: Running, now: datetime) -> str:
    """One true line: what was posted last and what comes next."""
    said = ["Nothing is stopped."]
    if running.last:
        when = MRKDWN.when(running.last.at, running.last.zone)
        link = f" (<{running.last.link}|see it>)" if running.last.link else ""
        said.append(f"Last digest: {when}{link}.")
    coming = [(at, each) for each in running.digests if (at := asked_next(each, now))]
    if coming:
        at, digest = min(coming, key=lambda each: each[0])
        said.append(f"Next: {MRKDWN.when(at, digest.zone)}.")
    return " ".join(said)


def _rows(running: Running, now: datetime) -> list[Block]:
    rows = []
    for pulse, wave in running.questions:
        is_open = wave if wave and wave.open_at(now) else None
        if is_open or (pulse.cadence and pulse.pause_reason != ENDED):
            rows.append(_row(pulse, _state(pulse, is_open, now), running.hidden, is_open=is_open is not None))
    return [*rows, *(_digest_row(digest, running.hidden) for digest in running.digests)]


def _row(pulse: Pulse, state: str, hidden: Collection[str], *, is_open: bool) -> Block:
    words = f"{MRKDWN.bold(_name(pulse))}, {_places([pulse.channel_id], hidden)}\n{state}"
    return _with_menu(words, pulse.channel_id, str(pulse.number), choices_of_pulse(pulse, is_open=is_open))


def _digest_row(digest: Digest, hidden: Collection[str]) -> Block:
    rule = MRKDWN.rhythm(digest.cadence, digest.zone)
    reads = f", reads {_places(digest.sources, hidden)}" if digest.sources else ""
    state = "Paused" if digest.paused else rule
    words = (
        f"*Digest about {safe(digest.product.name)}*, {_places([digest.channel_id], hidden)}\n{state}{reads}"
    )
    return _with_menu(words, digest.channel_id, f"digest/{digest.id}", choices_of_digest(digest))


def _with_menu(words: str, channel_id: str, place: str, choices: Sequence[Block]) -> Block:
    menu: Block = {"type": "overflow", "action_id": ids.ROW_MENU, "options": list(choices)}
    return section(words, accessory=menu) | {"block_id": ids.home_row(channel_id, place)}


def _name(pulse: Pulse) -> str:
    return f"{INSTRUMENTS[pulse.instrument].name} about {safe(pulse.about)}"


def _state(pulse: Pulse, is_open: Wave | None, now: datetime) -> str:
    said = []
    if is_open:
        answered = f", {is_open.answered:,} answered" if is_open.answered else ""
        said.append(f"Open until {MRKDWN.when(is_open.closes_at, pulse.zone)}{answered}")
    if pulse.cadence:
        rule = MRKDWN.rhythm(pulse.cadence, pulse.zone, inside=bool(said))
        next_at = asked_next(pulse, now)
        coming = f", next {MRKDWN.when(next_at, pulse.zone)}" if next_at else ", paused"
        said.append(f"{rule}{coming}")
    return "; ".join(said)


def _first_digest(running: Running, now: datetime) -> list[Block]:
    """Three steps to the first digest, each with its state and its button."""
    blocks = [header("Your first digest")]
    for place, (lens, who, instrument) in enumerate(SIDES, 1):
        asked = next(((p, w) for p, w in running.questions if p.lens is lens and w), None)
        words = _asked(*asked, running.hidden, now) if asked else "not yet."
        ask = None if asked else button("Ask a channel", ids.ASK, value=instrument)
        blocks.append(
            section(f"*{place}. {who} asked:* {words}", accessory=ask) | {"block_id": f"step/{place}"}
        )
    digest = next(iter(running.digests), None)
    words = f"yes, in {_places([digest.channel_id], running.hidden)}." if digest else "not yet."
    set_up = None if digest else button("Set up a digest", digest_ids.SET_UP)
    return [
        *blocks,
        section(f"*3. Digest:* {words}", accessory=set_up) | {"block_id": "step/3"},
        context("With all three, the first digest comes when the questions have closed and were counted."),
    ]


def _asked(pulse: Pulse, wave: Wave, hidden: Collection[str], now: datetime) -> str:
    where = _places([pulse.channel_id], hidden)
    name = INSTRUMENTS[pulse.instrument].name
    when = MRKDWN.when(wave.closes_at, pulse.zone)
    state = f"closes {when}" if wave.open_at(now) else "closed"
    return f"yes, {name} in {where}, {count(wave.answered, 'answer')}, {state}."


def _places(channel_ids: Sequence[str], hidden: Collection[str]) -> str:
    """Channels by name; of those in which the lead is not, only how many."""
    said = [channel(each) for each in channel_ids if each not in hidden]
    others = len(channel_ids) - len(said)
    if others:
        said.append(
            "a channel that you are not in" if others == 1 else f"{others} channels that you are not in"
        )
    return listed(said)
