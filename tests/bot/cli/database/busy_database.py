"""A database of before rounds in which much was asked and written, and what a migration made of it."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from tests.storage.schema.old import NIGHT, PRODUCT, PULSE, WEEK, as_kept, counted_wave, old_database

Row = tuple[str, dict[str, Any]]
INSTRUMENTS = {"nps": ("CX", 1, 10), "csat": ("CX", 1, 5), "umux_lite": ("UX", 2, 7)}  # side, items, points
WRITE = 0.3


def busy_database(path: Path, *, channels: int, weeks: int) -> str:
    """A file of version 0004 with so many waves of three questions in each channel, all counted; its address.

    Twelve of the twenty people of a channel answer each time, and each five are in the next channel too.
    """
    return old_database(path, "0004", *_rows(channels, weeks, Random(1)))  # noqa: S311 - made up


def _rows(channels: int, weeks: int, chance: Random) -> Iterator[Row]:
    yield "product", PRODUCT
    pulses: list[dict[str, Any]] = []
    for channel in range(channels):
        for instrument, (lens, _, _) in INSTRUMENTS.items():
            names = {"id": f"u{len(pulses)}", "number": len(pulses) + 1, "channel_id": f"C{channel}"}
            asked = {"instrument": instrument, "lens": lens, "cadence": "weekly mon 09:00"}
            pulses.append({**PULSE, **names, **asked})
            yield "pulse", pulses[-1]
    for number in range(weeks * len(pulses)):
        week, place = divmod(number, len(pulses))
        yield from _wave(number, week, pulses[place], chance)


def _wave(number: int, week: int, pulse: dict[str, Any], chance: Random) -> Iterator[Row]:
    _, items, most = INSTRUMENTS[pulse["instrument"]]
    channel = int(pulse["channel_id"][1:])
    everybody = [f"{channel * 15 + person:064x}" for person in range(20)]
    answers = {person: chance.randint(1, most) for person in chance.sample(everybody, 12)}
    opened = NIGHT + week * WEEK + timedelta(hours=chance.choice((0, 0, 5)))
    ids = {"pulse_id": pulse["id"], "channel_id": pulse["channel_id"]}
    for table, row in counted_wave(number, answers, opened_at=opened, **ids):
        yield table, row
        if table == "rating" and items > 1:
            yield table, {**row, "item": 2, "point": chance.randint(1, most)}
    for person in answers:
        if chance.random() < WRITE:
            yield from _comment(f"c{number:05d}{person[-4:]}", f"wave{number:05d}", person, chance)


def _comment(comment_id: str, wave_id: str, person: str, chance: Random) -> Iterator[Row]:
    yield (
        "comment",
        {
            "team_id": "T1",
            "id": comment_id,
            "wave_id": wave_id,
            "respondent": person,
            "text": f"What I wrote in {comment_id}.",
            "may_quote": 0,
            "written_at": as_kept(NIGHT),
            "label_version": "1",
        },
    )
    yield (
        "label",
        {
            "team_id": "T1",
            "comment_id": comment_id,
            "version": "1",
            "sentiment": chance.choice(("negative", "neutral", "positive")),
            "polarity": 0,
            "probabilities": json.dumps({"negative": 0.3, "neutral": 0.4, "positive": 0.3}),
            "touchpoints": json.dumps(chance.choice((["billing"], ["support"], ["usability"]))),
            "reasons": json.dumps([]),
        },
    )


NAMES = """
    WITH q AS (
        SELECT id, channel_id || ' ' || instrument || ' ' || wording AS words FROM question
    ),
    r AS (SELECT o.id, q.words || ' ' || o.counted_at AS words FROM round o JOIN q ON q.id = o.question_id)
"""
KEPT = {
    "questions": "SELECT q.words, o.look_again_on FROM question o JOIN q ON q.id = o.id",
    "rounds": """
        SELECT q.words, o.kind, o.counted_at, o.counted_on, o.n, o.invited, o.first_day, o.last_day,
            o.askings, o.favourable, o.middle, o.unfavourable, o.histogram, o.items, o.straight_lined,
            o.clipped, o.lean
        FROM round o JOIN q ON q.id = o.question_id""",
    "shared counts": """
        SELECT r.words, e.words, o.shared FROM round_overlap o
        JOIN r ON r.id = o.round_id JOIN r e ON e.id = o.earlier_id""",
    "who took part": "SELECT r.words, o.respondent FROM participation o JOIN r ON r.id = o.round_id",
    "waves": """
        SELECT o.id, o.settled_at, o.counted_at, o.people, o.taken_down, o.promise, r.words
        FROM wave o LEFT JOIN r ON r.id = o.round_id""",
    "answers": "SELECT wave_id, respondent, item, point FROM rating",
    "comments": "SELECT id, wave_id, respondent, text FROM comment",
    "batches": """
        SELECT q.words, o.listed_at, o.need, o.never_cut, COUNT(w.wave_id), MIN(w.wave_id), MAX(w.wave_id)
        FROM batch o JOIN q ON q.id = o.question_id JOIN batch_wave w ON w.batch_id = o.id GROUP BY o.id""",
    "blocks": """
        SELECT q.words, o.comments, o.need, o.tones, o.topics, o.across_comments, o.across_about_other,
            (SELECT GROUP_CONCAT(listed_at) FROM (
                SELECT listed_at FROM batch WHERE block_id = o.id ORDER BY listed_at))
        FROM block o JOIN q ON q.id = o.question_id""",
}
"""All that a migration makes or leaves, without ids that are random."""


def kept_in(path: Path) -> dict[str, list[str]]:
    """Everything in a database, by kind, in words."""
    with closing(sqlite3.connect(path)) as database:
        return {
            kind: sorted(str(row) for row in database.execute(NAMES + query)) for kind, query in KEPT.items()
        }
