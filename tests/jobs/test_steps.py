"""What is due is gone through, each item alone; what fails waits longer each time."""

import logging
from datetime import UTC, datetime, timedelta

import pytest

from jobs.steps import MOST_FAILING, Item, StepRunner

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Broken:
    """An item that fails until it is mended, and counts its runs and what its owner is told."""

    def __init__(self, name: str = "asking pulse 1") -> None:
        self.runs = self.told = 0
        self.mended = False
        self.item = Item(name=name, run=self._run, tell=self._tell)

    async def _run(self) -> None:
        self.runs += 1
        if not self.mended:
            raise RuntimeError("broken")

    async def _tell(self) -> None:
        self.told += 1


async def test_one_that_fails_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    """An item that raises does not stop those after it, and is logged by its name."""
    broken, sound = Broken("the first"), Broken("the second")
    sound.mended = True
    await StepRunner().run_all([broken.item, sound.item], now=NOW)
    assert sound.runs == 1
    assert "the first failed" in caplog.text


async def test_one_that_fails_waits_longer_each_time() -> None:
    """Tried again after 1, 2, 4 ... minutes, and never less often than once an hour."""
    runner, broken = StepRunner(), Broken()
    waits, last = [], NOW
    for seconds in range(0, 6 * 3600, 2):
        now, runs = NOW + timedelta(seconds=seconds), broken.runs
        await runner.run_all([broken.item], now=now)
        if broken.runs > runs:
            waits.append((now - last) // MINUTE)
            last = now
    assert waits == [0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60]


async def test_one_trace_one_word_to_the_owner_one_line_at_the_end(caplog: pytest.LogCaptureFixture) -> None:
    """However long it fails: a trace when it begins, its owner told once, a line when it works again."""
    runner, broken = StepRunner(), Broken()
    with caplog.at_level(logging.INFO):
        for minutes in range(300):
            await runner.run_all([broken.item], now=NOW + minutes * MINUTE)
        broken.mended = True
        await runner.run_all([broken.item], now=NOW + 400 * MINUTE)
        await runner.run_all([broken.item], now=NOW + 401 * MINUTE)
    assert broken.told == 1
    assert [(record.getMessage(), bool(record.exc_info)) for record in caplog.records] == [
        ("asking pulse 1 failed; it is tried again, less and less often", True),
        ("asking pulse 1 works again", False),
    ]


async def test_what_mends_itself_within_a_minute_is_not_told() -> None:
    """The owner of an item that works at its second try reads nothing, and a later failure begins anew."""
    runner, broken = StepRunner(), Broken()
    for mended in (False, True, False):
        broken.mended = mended
        await runner.run_all([broken.item], now=NOW + broken.runs * MINUTE)
    assert (broken.runs, broken.told) == (3, 0)


async def test_an_owner_who_cannot_be_told_is_told_later() -> None:
    """Should telling fail, the item's next failure tries it once more."""
    told = []

    async def fail() -> None:
        raise RuntimeError

    async def tell() -> None:
        told.append(1)
        if len(told) == 1:
            raise RuntimeError

    runner, item = StepRunner(), Item(name="x", run=fail, tell=tell)
    for minutes in range(30):
        await runner.run_all([item], now=NOW + minutes * MINUTE)
    assert len(told) == 2


async def test_what_is_remembered_has_an_end() -> None:
    """Of too many that fail, the one that failed longest ago is forgotten, and so tried again."""
    runner, items = StepRunner(), [Broken(str(number)) for number in range(MOST_FAILING + 1)]
    logging.disable()
    try:
        await runner.run_all([each.item for each in items], now=NOW)
    finally:
        logging.disable(logging.NOTSET)
    assert not runner.rests("0", NOW)
    assert runner.rests("1", NOW)
    assert runner.rests(str(MOST_FAILING), NOW)


async def test_the_end_begins_no_further_item() -> None:
    """The item under way goes on to its end, the next one is not begun."""
    runner, after = StepRunner(), Broken()
    done = []

    async def work() -> None:
        runner.stop()
        done.append(1)

    await runner.run_all([Item(name="under way", run=work), after.item], now=NOW)
    assert (done, after.runs) == ([1], 0)
