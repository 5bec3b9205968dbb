"""Plays a history twice through the real bot, the second time with answers exchanged, and compares.

Exchanged are all answers of each round among themselves, and every answer that is counted in none becomes
another. Nothing that anybody is shown may differ, but what is shown of their own answer to one person alone.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import StringIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from sqlalchemy import create_engine, select

from storage.records.round_records import Round
from storage.schema.question_tables import PRODUCT
from storage.schema.round_rows import read_rounds
from storage.schema.round_tables import ROUND
from tests.simulation import history as h
from tests.simulation.attacks import may_be_kept_by_role, reversed_points
from tests.simulation.gone import FILE, answers_in, batches_in, nearly_unanimous, ties_left
from tests.simulation.real_bot import Line, RealBot
from tests.simulation.real_stage import channel_id, on_stage
from tests.simulation.runs import Run

STAMP = re.compile(r'("(?:ts|thread_ts|hash)": "[0-9]{10}|/p[0-9]{10})\.?[0-9]+')  # as Slack numbers messages
DRAWN = re.compile(r'("external_id": ")[0-9a-f]+')  # at random, for each page of a form
LOOK_AFTER = (h.Edition, h.Forget, h.TakeDown, h.Correct, h.Hide, h.End, h.Restore)


class Played(NamedTuple):
    """What was shown; rounds and batches, in comparable words; what went wrong, or was not gone."""

    lines: list[Line]
    counted: list[str]
    problems: list[str]


async def play(run: Run, points: dict[h.Slot, h.Points]) -> Played:
    """A history through the real bot, on a database of its own; it also looks for what must be gone (T10)."""
    with TemporaryDirectory() as name, written_log() as log:
        folder, written = Path(name), set(run.comments)
        async with on_stage(run.history, folder) as stage:
            bot = RealBot(stage, run.history, points, answers=partial(answers_in, folder))
            await bot.play(looks(run))
            await bot.running.settle()  # what was erased last leaves the journal at the next tick
            told = log.getvalue()
            problems = list(ties_left(folder, bot.given, written=written, log=told, named=named_in(run)))
        problems += [event["words"] for event in stage.slack.troubles]
        problems += nearly_unanimous([one for one, _ in rounds_in(folder)])
        words = sorted(_in_words(one, one.question.channel_id, product) for one, product in rounds_in(folder))
        words += batches_in(folder)
    return Played(bot.lines, words, problems)


@contextmanager
def written_log() -> Iterator[StringIO]:
    """Everything that is logged in here."""
    log = StringIO()
    handler = logging.StreamHandler(log)
    logging.getLogger().addHandler(handler)
    try:
        yield log
    finally:
        logging.getLogger().removeHandler(handler)


def looks(run: Run) -> Iterator[int]:
    """After which events everything is asked for: where what is shown has changed, and once a week."""
    before: Any = None
    for place, event in enumerate(run.history.events):
        shown = run.shown[place]
        now = (shown.figures.round_lines, shown.comments)
        if isinstance(event, LOOK_AFTER) or (isinstance(event, h.Tick) and now != before):
            yield place
        before = now


def other_points(run: Run, seed: int) -> dict[h.Slot, h.Points]:
    """Every answer exchanged within its round or part; those in no round turned round; named ones stay."""
    chance = Random(seed)  # noqa: S311 - a choice, not a secret
    points, counted = dict(run.points), set[h.Slot]()
    named = named_in(run)
    for one in run.bot.witness.rounds.values():
        counted.update(one.answers)
        groups = [*one.parts.values()] if may_be_kept_by_role(one) else [one.answers]
        for slots in map(sorted, groups if not one.question.named else ()):
            order = chance.sample(slots, len(slots))
            points |= {slot: run.points[other] for slot, other in zip(slots, order, strict=True)}
    others = [slot for slot in run.points if slot not in counted and slot[0] in run.pulses]
    return points | {slot: tuple(reversed_points(run, slot)) for slot in others if slot[0] not in named}


def named_in(run: Run) -> set[str]:
    """The waves of questions that are asked with names."""
    return {wave for wave, pulse in run.pulses.items() if run.history.pulses[pulse].named}


def difference(first: Played, second: Played) -> str | None:
    """The first thing that was shown otherwise, both ways; None where there is nothing.

    What is shown in one channel, or to one person, keeps its order; between two of them it need not, since
    messages to several channels are on their way at once. So the parts of a second in Slack's timestamps,
    which number all messages of the workspace, are left out.
    """
    before, after = by_place(first), by_place(second)
    for place in sorted(before.keys() | after.keys()):
        sequences = before.get(place, []), after.get(place, [])
        for one, other in zip(*sequences, strict=False):
            if one != other:
                return f"{place}, after event {one[0]}:\n{one[1]}\n{other[1]}"
        if len(sequences[0]) != len(sequences[1]):
            return f"{place}: {len(sequences[0])} things were shown, then {len(sequences[1])}"
    return None


def by_place(played: Played) -> dict[str, list[tuple[int, str]]]:
    """What was shown in each channel and to each person, in order, and after which event."""
    found: dict[str, list[tuple[int, str]]] = {}
    for line in played.lines:
        found.setdefault(line.place, []).append(
            (line.event, DRAWN.sub(r"\1", STAMP.sub(r"\1", _public(line))))
        )
    return found


def _public(line: Line) -> str:
    """What was shown; of what one person reads of their own answer, only when it counts."""
    if line.own is None:
        return line.text
    return " ".join(words for words in re.split(r"[.*]", line.text) if "counted" in words)


def rounds_in(folder: Path) -> list[tuple[Round, str]]:
    """The rounds in a database, each with the name of its product in small letters."""
    engine = create_engine(f"sqlite:///{folder / FILE}")
    with engine.connect() as connection:
        found = read_rounds(connection, ROUND.c.team_id != "")
        names = {row.id: row.name.lower() for row in connection.execute(select(PRODUCT))}
    engine.dispose()
    return [(one, names[one.question.product_id]) for one in found]


def counted_by_model(run: Run) -> list[str]:
    """The rounds and the batches of comments that the model has made."""
    state = run.bot.state
    rounds = sorted(
        _in_words(one, channel_id(one.question.channel_id), one.question.product_id)
        for one in state.rounds.values()
    )
    kept = Counter(one.batch for one in state.comments.values())
    batches = []
    for batch in state.batches.values():
        of = state.questions[batch.key]
        left = "withdrawn" if batch.withdrawn else f"with {kept[batch.id]}"
        words = ("batch of", channel_id(of.channel_id), of.product_id, of.instrument, batch.need, left)
        batches.append(" ".join(map(str, (*words, "cut" if batch.block else "uncut"))))
    return rounds + sorted(batches)


def _in_words(one: Round, channel: str, product: str) -> str:
    """All that is kept of a round, but for ids that are random."""
    kept = [one.counted_on, channel, product, one.question.instrument, one.question.named, one.kind]
    kept += [one.n, one.invited, one.askings, one.first_day, one.last_day, one.withdrawn]
    kept += [
        sorted((float(score), people) for score, people in one.histogram.items()),
        one.classes,
        [sorted(item.items()) for item in one.items],
    ]
    kept += [
        one.straight_lined,
        None if one.clipped is None else float(one.clipped),
        one.lean,
        sorted(one.shared.values()),
        {role: sorted((float(score), n) for score, n in of.items()) for role, of in one.by_role.items()},
    ]
    return " ".join(map(str, kept))
