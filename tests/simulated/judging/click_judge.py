"""Every click that was acked is stored at that moment, or its person reads that it is not."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.sandbox.acting.outcomes import Outcome
from tests.simulated.judging.evidence import DatabaseFile, moment
from tests.simulated.judging.testimony import Click, Testimony

RATE = re.compile(r"rate/(\w+)/")
NOT_KEPT = re.compile(
    r"not saved|closed|Nothing was|not kept|try again|trouble|no longer|taken down|dispatch_failed",
    re.IGNORECASE,
)
CLOCKS_APART = timedelta(minutes=61)


class ClickJudge:
    """Looks at clicks when they are acked, and at what their people read soon after."""

    def __init__(self, file: DatabaseFile, seen: Testimony, find: Callable[[str, str], None]) -> None:
        self._file, self._seen, self._find = file, seen, find
        self.untold: list[Click] = []

    def clicked(self, user_id: str, outcome: Outcome, taken_by: str) -> None:
        """What became of a click; one that was acked is looked for in the file at this very moment."""
        click = _click(user_id, outcome, taken_by)
        self._seen.clicks.append(click)
        if click.acked and not self._stands(click) and not self._is_final(click):
            self.untold.append(click)

    def clicked_late(self, user_id: str, outcome: Outcome) -> None:
        """What became of a click after the close: nothing may."""
        click = _click(user_id, outcome, "")
        kept = self._file.answer(click.wave_id, user_id)
        closes_at = self._closes_at(click)
        if kept is not None and kept[1] == click.at and closes_at and click.at >= closes_at:
            self._find("a closed wave took an answer", str(click))

    def look(self) -> None:
        """Whether those whose clicks are not stored have read so."""
        now = self._seen.clock()
        for click in list(self.untold):
            told = [words for at, words in self._seen.heard[click.user_id] if at >= click.at]
            if any(NOT_KEPT.search(words) for words in told) or self._may_be_gone(click):
                self.untold.remove(click)
            elif now - click.at > timedelta(seconds=30):
                self.untold.remove(click)
                closes_at = self._closes_at(click)
                too_late = closes_at is None or click.at >= closes_at - CLOCKS_APART
                if not (too_late and self._seen.died(click.taken_by, click.at)):
                    self._find("acked and not stored", f"{click}, told {len(told)} times that it is")

    def _stands(self, click: Click) -> bool:
        """Whether the file has this click or a newer one."""
        kept = self._file.answer(click.wave_id, click.user_id)
        return (kept is not None and kept[1] >= click.at) or self._may_be_gone(click)

    def _may_be_gone(self, click: Click) -> bool:
        return self._seen.may_be_gone(click.user_id, click.wave_id, click.at)

    def _closes_at(self, click: Click) -> datetime | None:
        found = self._file.rows("select closes_at from wave where id = ?", click.wave_id)
        return moment(found[0][0]) if found else None

    def _is_final(self, click: Click) -> bool:
        """Whether nobody can tell any more what the wave held."""
        query = "select counted_at, settled_at, taken_down from wave where id = ?"
        found = self._file.rows(query, click.wave_id)
        return not found or any(found[0])


def _click(user_id: str, outcome: Outcome, taken_by: str) -> Click:
    assert outcome.delivery is not None
    action = outcome.delivery.payload["actions"][0]
    found = RATE.match(action["block_id"])
    assert found is not None
    point = int(action["action_id"].split("/")[1])
    return Click(user_id, found[1], point, moment_of(action["action_ts"]), outcome.ok, taken_by)


def moment_of(ts: str) -> datetime:
    """A moment as Slack writes it."""
    seconds, micros = map(int, ts.split("."))
    return datetime.fromtimestamp(seconds, UTC) + timedelta(microseconds=micros)
