"""Faults put into the reminders on purpose: random weeks have to find each."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import ColumnElement

from jobs.reminders import remind
from jobs.reminders.remind import Reminding
from jobs.reminders.writing_rule import ReminderTime, reminder_time
from storage.records.pause_records import CAP
from storage.reminders import claims, pauses
from storage.reminders.claims import Reminders
from storage.schema.pause_tables import PAUSE


def sent_before_claimed(patch: pytest.MonkeyPatch) -> None:
    """A reminder is sent, and then it is claimed."""
    claim, send = Reminders.claim, Reminding._send

    async def sent(self: Reminding, *args: Any) -> bool:
        later: list[Any] = []

        async def noted(*of: Any, **when: Any) -> bool:
            later.append((of, when))
            return True

        self._store.reminders.claim = noted  # type: ignore[method-assign]
        try:
            await asyncio.sleep(0)
            return await send(self, *args)
        finally:
            del self._store.reminders.claim
            for of, when in later:
                await claim(self._store.reminders, *of, **when)

    patch.setattr(Reminding, "_send", sent)


def no_cap(patch: pytest.MonkeyPatch) -> None:
    """Only Stop holds anything back."""

    def stopped(*_: object) -> ColumnElement[bool]:
        return PAUSE.c.stopped

    patch.setattr(pauses, "held_back", stopped)
    patch.setattr(claims, "held_back", stopped)


def stop_is_ignored(patch: pytest.MonkeyPatch) -> None:
    """What is held back is, whatever somebody wants, not them who stopped."""
    held_back = pauses.held_back

    def but_stopped(now: datetime, cap: timedelta = CAP) -> ColumnElement[bool]:
        return held_back(now, cap) & ~PAUSE.c.stopped

    patch.setattr(pauses, "held_back", but_stopped)
    patch.setattr(claims, "held_back", but_stopped)


def one_clock_for_all(patch: pytest.MonkeyPatch) -> None:
    """It is ten o'clock for everybody when it is in Berlin."""

    def in_berlin(opened_at: datetime, closes_at: datetime, _zone: str) -> ReminderTime | None:
        return reminder_time(opened_at, closes_at, "Europe/Berlin")

    patch.setattr(remind, "reminder_time", in_berlin)
