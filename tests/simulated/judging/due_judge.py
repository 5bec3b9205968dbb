"""What is due: each time has one row, at its moment by the wall clock, and one post soon or a true reason."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from tests.simulated.judging.evidence import DatabaseFile, moment
from tests.simulated.judging.post_judge import PostJudge
from tests.simulated.judging.testimony import Testimony
from tests.simulated.plan import Due

ON_TIME = {"question": timedelta(hours=26), "digest": timedelta(hours=74)}  # what is later is skipped
SOON = timedelta(minutes=30)  # also while everything goes wrong that may
EARLY = timedelta(seconds=2)
ROUNDS = (
    "select round.id from round join question on question.id = question_id"
    " where channel_id = ? and round.counted_at > ? and round.counted_at <= ? and withdrawn_at is null"
)
NOTHING_NEW, NEVER_ASKED = "nothing new", "nothing was asked yet"
AN_HOUR = timedelta(hours=1)  # by which a clock may be off


class DueJudge:
    """Compares the ledger and what was posted with the wall clocks of the zones.

    `dues` are the times to come, in order; each is judged once, when it is over. `owners` are the ids of
    questions and the digest, by channel and kind. What is due from `until` on is not planned.
    """

    def __init__(
        self, file: DatabaseFile, seen: Testimony, posts: PostJudge, find: Callable[[str, str], None]
    ) -> None:
        self._file, self._seen, self._posts, self._find = file, seen, posts, find
        self.dues: list[Due] = []
        self.owners: Mapping[str, str] = {}
        self.until = datetime.max.replace(tzinfo=UTC)
        self._moments: dict[tuple[str, str], datetime] = {}
        self._last_row = 0
        self._next = 0

    def expect(self, dues: list[Due]) -> None:
        """These are due, in order."""
        self.dues = dues
        for due in dues:
            self._moments[self._owner(due), due.local] = due.at

    def expect_instead(self, kind: str, since: datetime, dues: list[Due]) -> None:
        """From a moment on what is of one kind is due at other times."""
        stay = [due for due in self.dues if due.schedule.kind != kind or due.at <= since]
        self.expect(sorted([*stay, *dues], key=lambda due: due.at))

    def look(self) -> None:
        """What the ledger holds by now, and the times that are over."""
        query = "select pulse_id, date(opened_at) from wave group by 1, 2 having count(*) > 1"
        for owner, day in self._file.rows(query):
            self._find("a due time has two", f"question {owner} on {day}")
        query = "select rowid, owner_id, local, due_at from occasion where rowid > ? order by rowid"
        for row, owner, local, at in self._file.rows(query, self._last_row):
            self._last_row = row
            if owner not in self.owners.values() or moment(at) >= self.until:
                continue
            if self._moments.get((owner, local)) != moment(at):
                self._find("not by the wall clock", f"{owner} {local}: {at}")
        now = self._seen.clock()
        while self._next < len(self.dues) and self._is_over(self.dues[self._next]) < now:
            self._look_at(self.dues[self._next])
            self._next += 1

    def _is_over(self, due: Due) -> datetime:
        """When all that had to be done about a time has been done, be it that nobody was there for days."""
        back = max((until for since, until in self._seen.away if since <= due.at <= until), default=due.at)
        return max(due.at + ON_TIME[due.schedule.kind], back + SOON)

    def look_at_the_end(self) -> None:
        """The times that nobody has looked at yet."""
        for due in self.dues[self._next :]:
            self._look_at(due)

    def _look_at(self, due: Due) -> None:
        kind, owner = due.schedule.kind, self._owner(due)
        query = "select state, reason from occasion where owner_id = ? and local = ?"
        found = self._file.rows(query, owner, due.local)
        if not found:
            self._find("a due time has no row", f"{kind} {due.local}")
            return
        state, reason = found[0]
        if state == "skipped":
            self._look_at_reason(due, reason)
        elif kind == "question":
            query = "select id, opened_at, taken_down from wave where pulse_id = ?"
            self._look_for_one(due, f"{kind} {due.local}", "wave", self._file.rows(query, owner))
        else:
            query = "select id, made_at, 0 from edition where digest_id = ?"
            self._look_for_one(due, f"{kind} {due.local}", "edition", self._file.rows(query, owner))

    def _look_for_one(self, due: Due, what: str, kind: str, made: list[tuple[str, str, int]]) -> None:
        """One wave or edition was made for it, and posted soon unless it was lost or nobody was there."""
        near = [(each, down) for each, at, down in made if self._is_of(due, moment(at))]
        if len(near) != 1:
            self._find("a due time has not one asking", f"{what}: {len(near)}")
            return
        ((made_id, is_down),) = near
        posted = self._posts.first.get(f"{kind}/{made_id}")
        states = self._file.rows("select state from post where key = ?", f"{kind}/{made_id}")
        if posted is None and (is_down or states == [("unknown",)] or not states):
            return
        late = ON_TIME[due.schedule.kind] if self._seen.was_away(due.at) else SOON
        early = AN_HOUR if self._seen.was_off(due.at, AN_HOUR) else EARLY
        if posted is None or not due.at - early <= posted < due.at + late:
            self._find("not posted in time", f"{what}: {posted}")

    def _look_at_reason(self, due: Due, reason: str | None) -> None:
        """Skipped is what nobody could do within a day, and a digest that has nothing to say."""
        what = f"{due.schedule.kind} {due.local}"
        if not reason:
            self._find("skipped without a reason", what)
        elif reason == NOTHING_NEW:
            query = "select max(made_at) from edition where digest_id = ? and made_at < ?"
            before = _text(due.at - AN_HOUR)
            ((last,),) = self._file.rows(query, self._owner(due), before)
            for (made,) in self._file.rows(ROUNDS, due.schedule.channel_id, last or "", before):
                self._find("something new and no digest", f"{what}, round {made}")
        elif reason == NEVER_ASKED:
            query = "select id from wave where channel_id = ? and opened_at < ? and not taken_down limit 1"
            for (wave,) in self._file.rows(query, due.schedule.channel_id, _text(due.at - AN_HOUR)):
                self._find("skipped for no true reason", f"{what}: {reason}, wave {wave}")
        elif not self._seen.was_away(due.at):
            self._find("skipped for no true reason", f"{what}: {reason}")

    def _owner(self, due: Due) -> str:
        return self.owners["digest" if due.schedule.kind == "digest" else due.schedule.channel_id]

    @staticmethod
    def _is_of(due: Due, made: datetime) -> bool:
        return due.at - timedelta(minutes=1) <= made < due.at + ON_TIME[due.schedule.kind]


def _text(at: datetime) -> str:
    """A moment as the file has it."""
    return str(at).removesuffix("+00:00")
