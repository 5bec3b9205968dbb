"""Databases as older versions made them, with rows written as those versions wrote them."""

import sqlite3
from pathlib import Path
from typing import Any

from alembic import command

from storage.engine.sqlite import read_url, sqlite_engine
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
