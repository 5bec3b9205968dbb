"""Comments that were acked stand; what people or a lead wanted gone is gone, and stays so."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import takewhile

from tests.simulated.judging.evidence import DatabaseFile, respondent
from tests.simulated.judging.testimony import LONG_AGO, Testimony, Written

CLOCKS_APART = timedelta(minutes=65)
LATELY = timedelta(weeks=10)


class ErasureJudge:
    """Compares the file with what was written, taken back, taken down and forgotten."""

    def __init__(self, file: DatabaseFile, seen: Testimony, find: Callable[[str, str], None]) -> None:
        self._file, self._seen, self._find = file, seen, find
        self._down: set[str] = set()
        self._over: set[Written] = set()
        self._perhaps: dict[tuple[str, str], list[Written]] = {}

    def look(self, *, is_last: bool = False) -> None:
        """All of it; of comments only those of the last weeks, but for the last time."""
        self._look_at_takedowns()
        self._look_at_comments(LONG_AGO if is_last else self._seen.clock() - LATELY)
        for (user_id, wave_id), at in self._seen.taken_back.items():
            kept = self._file.answer(wave_id, user_id)
            if kept is not None and kept[1] <= at:
                self._find("taken back and still there", f"{user_id} in wave {wave_id}")
        for user_id, at in self._seen.forgotten.items():
            self._look_at_forgotten(user_id, at - CLOCKS_APART)

    def wrote(self, written: Written) -> None:
        """A comment was acked: it is in the file at this very moment."""
        self._seen.written.append(written)
        query = "select text from comment where wave_id = ? and respondent = ?"
        rows = self._file.rows(query, written.wave_id, respondent(written.user_id))
        gone = self._seen.may_be_gone(written.user_id, written.wave_id, written.at)
        is_down = self._file.rows("select 1 from wave where id = ? and taken_down", written.wave_id)
        if not (gone or is_down or any(written.token in text for (text,) in rows)):
            self._find("an acked comment is lost", f"{written.token} in wave {written.wave_id}")

    def may_have_written(self, written: Written) -> None:
        """Nobody heard what became of a comment: it may have taken the place of the one before."""
        self._perhaps.setdefault((written.user_id, written.wave_id), []).append(written)

    def _look_at_comments(self, since: datetime) -> None:
        """The newest comment of each person in each wave stands, unless somebody may erase it."""
        newest: dict[tuple[str, str], Written] = {}
        for written in takewhile(lambda one: one.at >= since, reversed(self._seen.written)):
            newest.setdefault((written.user_id, written.wave_id), written)
        query = "select wave_id, respondent, text from comment where written_at >= ?"
        rows = self._file.rows(query, str(since - CLOCKS_APART if since > LONG_AGO else since))
        held = {(wave, who): text for wave, who, text in rows}
        for written in newest.values():
            text = held.get((written.wave_id, respondent(written.user_id)), "")
            later = self._perhaps.get((written.user_id, written.wave_id), [])
            tokens = [written.token, *(each.token for each in later if each.at >= written.at)]
            if written in self._over or any(token in text for token in tokens):
                continue
            self._over.add(written)
            gone = self._seen.may_be_gone(written.user_id, written.wave_id, written.at)
            if not (gone or written.wave_id in self._down or self._is_old(written)):
                self._find("an acked comment is lost", f"{written.token} in wave {written.wave_id}")

    def _is_old(self, written: Written) -> bool:
        """Comments that were never listed go after 26 weeks."""
        return self._seen.clock() - written.at > timedelta(weeks=25)

    def _look_at_takedowns(self) -> None:
        """Of a wave that was taken down nothing is left, and no figure that it was in."""
        for (wave_id,) in self._file.rows("select id from wave where taken_down"):
            self._down.add(wave_id)
        for table in ("rating", "comment"):
            query = f"select wave.id from {table} join wave on wave.id = wave_id where taken_down"  # noqa: S608
            for (wave_id,) in self._file.rows(f"{query} limit 1"):
                self._find("taken down and still there", f"a {table} of wave {wave_id}")
        query = "select wave.id from wave join round on round.id = round_id"
        for (wave_id,) in self._file.rows(f"{query} where taken_down and withdrawn_at is null limit 1"):
            self._find("taken down and still counted", f"wave {wave_id}")

    def _look_at_forgotten(self, user_id: str, at: object) -> None:
        """Nothing that somebody did before they were forgotten is kept in a form that leads to them."""
        who, before = respondent(user_id), str(at).removesuffix("+00:00")
        query = "select text from comment where respondent = ? and written_at < ?"
        for (text,) in self._file.rows(query, who, before):
            self._find("forgotten and still there", f"a comment of {user_id}: {text}")
        query = "select wave_id from rating where respondent = ? and clicked_at < ? and point is not null"
        for (wave_id,) in self._file.rows(query, who, before):
            self._find("forgotten and still there", f"an answer of {user_id} in wave {wave_id}")
        query = (
            "select round.id from participation join round on round.id = round_id"
            " where respondent = ? and round.counted_at < ?"
        )
        for (round_id,) in self._file.rows(query, who, before):
            self._find("forgotten and still there", f"a mark of {user_id} in round {round_id}")

    def is_told_gone(self, wave_id: str) -> None:
        """A lead reads that a wave is removed: so it must be."""
        found = self._file.rows("select taken_down from wave where id = ?", wave_id)
        if found and not found[0][0]:
            self._find("told and not taken down", f"wave {wave_id}")
