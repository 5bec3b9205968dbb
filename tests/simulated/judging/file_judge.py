"""What the file of the database must hold of answers, and what it must not, at every moment."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from tests.simulated.judging.evidence import DatabaseFile, moment, respondent
from tests.simulated.judging.testimony import Click, Testimony

CLOCKS_APART = timedelta(minutes=10)


class FileJudge:
    """Compares the file with what was acked. `find` takes the name of a rule and what broke it."""

    def __init__(self, file: DatabaseFile, seen: Testimony, find: Callable[[str, str], None]) -> None:
        self._file, self._seen, self._find = file, seen, find
        self._stood: set[Click] = set()
        self._settled: set[Click] = set()
        self._from = 0  # clicks before it are of waves that are counted

    def look(self, untold: Sequence[Click]) -> None:
        """All of it; `untold` are looked after by somebody else."""
        self._look_at_answers(untold)
        query = "select wave.id from rating join wave on wave.id = wave_id where counted_at is not null"
        for (wave,) in self._file.rows(f"{query} limit 1"):
            self._find("a tie after the count", f"wave {wave}")

    def _is_over(self, wave_id: str) -> bool:
        """Whether a wave takes no answers any more, or soon none by a clock that is off."""
        query = "select closed_at, counted_at, settled_at, taken_down, closes_at from wave where id = ?"
        found = self._file.rows(query, wave_id)
        return not found or any(found[0][:4]) or self._seen.clock() >= moment(found[0][4]) - CLOCKS_APART

    def _look_at_answers(self, untold: Sequence[Click]) -> None:
        """Every acked answer stands until it is counted, and it is the newest one."""
        query = "select id from wave where counted_at is null and not taken_down"
        waiting = {wave for (wave,) in self._file.rows(query)}
        query = "select wave_id, respondent, point, clicked_at from rating where item = 1"
        held = {(wave, who): (point, moment(at)) for wave, who, point, at in self._file.rows(query)}
        newest: dict[tuple[str, str], Click] = {}
        clicks = self._seen.clicks
        while self._from < len(clicks) and clicks[self._from].wave_id not in waiting:
            self._from += 1
        for click in clicks[self._from :]:
            gone = self._seen.may_be_gone(click.user_id, click.wave_id, click.at)
            if click.acked and click.wave_id in waiting and not gone and click not in untold:
                place = click.wave_id, click.user_id
                if place not in newest or click.at >= newest[place].at:
                    newest[place] = click
        for click in newest.values():
            if click not in self._settled:
                self._compare(click, held.get((click.wave_id, respondent(click.user_id))))

    def _compare(self, click: Click, kept: tuple[int, datetime] | None) -> None:
        if kept is None:
            if click in self._stood or not self._is_over(click.wave_id):
                self._find("acked and lost", str(click))
            self._settled.add(click)  # it came after the close, and the person was told
            return
        self._stood.add(click)
        point, at = kept
        if at < click.at and not self._is_over(click.wave_id):
            self._find("an older click stands", f"{click}, kept {point} at {at:%H:%M:%S.%f}")
        elif at == click.at and point != click.point:
            self._find("another point stands", f"{click}, kept {point}")
