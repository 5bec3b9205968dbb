"""Databases as older versions made them, with rows written as those versions wrote them."""

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from alembic import command

from storage.engine.address import read_url
from storage.engine.sqlite import sqlite_engine
from storage.schema.migrate import config

AT = "2026-11-02 09:00:00.000000"
PRODUCT = {"team_id": "T1", "id": "p1", "name": "Atlas", "folded": "atlas"}
PULSE = {
    "team_id": "T1",
    "id": "u1",
    "number": 1,
    "product_id": "p1",
    "instrument": "nps",
    "lens": "CX",
    "subject": "Atlas",
    "channel_id": "C1",
    "named": 0,
    "min_group": 5,
    "open_for": 604800,
    "cadence": None,
    "zone": "UTC",
    "next_at": None,
    "paused": 0,
    "pause_reason": None,
    "leads": '["U1"]',
    "asked_by": "Priya Nair",
    "created_at": AT,
}
WAVE = {
    "team_id": "T1",
    "id": "w1",
    "pulse_id": "u1",
    "channel_id": "C1",
    "product_id": "p1",
    "question": "How likely?",
    "ui_version": 1,
    "opened_at": AT,
    "closes_at": "2026-11-09 09:00:00.000000",
    "closed_at": None,
    "settled_at": None,
    "counted_at": None,
    "taken_down": 0,
    "invited": None,
}
DIGEST = {
    "team_id": "T1",
    "id": "d1",
    "product_id": "p1",
    "channel_id": "C1",
    "sources": '["C1"]',
    "cadence": "weekly mon 09:00",
    "zone": "UTC",
    "window_length": 3628800,
    "next_at": None,
    "cx_metric": None,
    "ux_metric": None,
    "min_group": 5,
    "paused": 0,
    "pause_reason": None,
    "removed": 0,
    "leads": '["U1"]',
    "created_at": AT,
}


def old_database(path: Path, revision: str, *rows: tuple[str, dict[str, Any]]) -> str:
    """A new file at an older revision with these rows; its address."""
    url = f"sqlite:///{path}"
    engine = sqlite_engine(read_url(url), connections=1, begin="BEGIN IMMEDIATE", foreign_keys=False)
    with engine.begin() as connection:
        command.upgrade(config(connection), revision)
    engine.dispose()
    with sqlite3.connect(path) as connection_:
        for table, row in rows:
            marks = ", ".join(f":{name}" for name in row)
            connection_.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", row)  # noqa: S608
    connection_.close()
    return url


NIGHT = datetime(2025, 1, 6, 9)  # noqa: DTZ001 - as SQLite keeps it, UTC
WEEK = timedelta(days=7)


def counted_wave(
    number: int,
    points: dict[str, int],
    *,
    counts_after: timedelta | None = timedelta(minutes=15),
    opened_at: datetime | None = None,
    **changes: Any,
) -> list[tuple[str, dict[str, Any]]]:
    """The rows of a wave as version 0004 left it: open for a day in the week of its number, then counted.

    `points` by respondent, on the first item. With `counts_after=None` it waits for more answers.
    """
    opened = opened_at or NIGHT + number * WEEK
    closed = opened + timedelta(days=1)
    wave = {
        **WAVE,
        "id": f"wave{number:05d}",
        "opened_at": as_kept(opened),
        "closes_at": as_kept(closed),
        "closed_at": as_kept(closed),
        "settled_at": as_kept(closed + timedelta(minutes=15)),
        "counted_at": None if counts_after is None else as_kept(closed + counts_after),
        "people": None if counts_after is None else len(points),
        "invited": 61,
        **changes,
    }
    clicked = as_kept(opened + timedelta(hours=1))
    ratings = [
        (
            "rating",
            {
                "team_id": wave["team_id"],
                "wave_id": wave["id"],
                "respondent": respondent,
                "item": 1,
                "point": point,
                "clicked_at": clicked,
                "external": 0,
            },
        )
        for respondent, point in points.items()
    ]
    return [("wave", wave), *ratings]


def as_kept(moment: datetime) -> str:
    """A moment as SQLite keeps it."""
    return f"{moment:%Y-%m-%d %H:%M:%S.%f}"


def people(first: int, last: int, point: int = 9) -> dict[str, int]:
    """The same point of several people, by their keys."""
    return {f"{number:064x}": point for number in range(first, last + 1)}
