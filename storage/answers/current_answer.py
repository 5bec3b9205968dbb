"""Where people stand in waves, read for a whole batch of answers at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, exists, select

from storage.engine.repository import select_columns
from storage.records import AnswerKey, Rating, WaveHeader
from storage.schema.question_tables import COMMENT, RATING, TAKEN_BACK, WAVE
from storage.schema.wave_rows import HEADER_COLUMNS, WAVE_TABLES, read_wave_header

LONG_AGO = datetime.min.replace(tzinfo=UTC)
_HAS_COMMENT = exists().where(
    COMMENT.c.team_id == RATING.c.team_id,
    COMMENT.c.wave_id == RATING.c.wave_id,
    COMMENT.c.respondent == RATING.c.respondent,
)
_TEAM_IDS: BindParameter[Any] = bindparam("teams", expanding=True)
_WAVE_IDS: BindParameter[Any] = bindparam("waves", expanding=True)
_PEOPLE: BindParameter[Any] = bindparam("people", expanding=True)
_WAVES = select_columns(HEADER_COLUMNS, WAVE_TABLES).where(
    WAVE.c.team_id.in_(_TEAM_IDS), WAVE.c.id.in_(_WAVE_IDS)
)
_RATINGS = select(
    RATING.c.team_id,
    RATING.c.wave_id,
    RATING.c.respondent,
    RATING.c.item,
    RATING.c.point,
    RATING.c.clicked_at,
    _HAS_COMMENT.label("commented"),
).where(RATING.c.team_id.in_(_TEAM_IDS), RATING.c.wave_id.in_(_WAVE_IDS), RATING.c.respondent.in_(_PEOPLE))
"""Who wrote has a row here: a comment goes with the last answer, and what is taken back leaves its mark.

Each column for itself, and what is found beside is passed over: of several triples SQLite makes a search
through the whole table.
"""


@dataclass(slots=True)
class CurrentAnswer:
    """Where a person stands in a wave: their points, and when each was clicked (or, item 0, taken back)."""

    wave: WaveHeader
    points: dict[int, int] = field(default_factory=dict)
    clicked_at: dict[int, datetime] = field(default_factory=dict)
    has_comment: bool = False

    @property
    def taken_back_at(self) -> datetime:
        """Answers up to this moment were taken back."""
        return self.clicked_at.get(TAKEN_BACK, LONG_AGO)

    @property
    def final(self) -> bool:
        """Whether the wave takes no answer any more, and gives none back."""
        return self.wave.settled_at is not None or self.wave.taken_down

    def closed(self, by: datetime | None) -> bool:
        """Whether the wave is final or, if asked, had closed by then."""
        return self.final or (by is not None and self.wave.closes_at <= by)

    def take(self, rating: Rating) -> bool:
        """Whether a rating is newer than what is there; it stands then."""
        kept_at = self.clicked_at.get(rating.item, LONG_AGO)
        if rating.clicked_at <= self.taken_back_at or rating.clicked_at < kept_at:
            return False
        self.points[rating.item], self.clicked_at[rating.item] = rating.point, rating.clicked_at
        return True


def current_answers(connection: Connection, keys: Iterable[AnswerKey]) -> dict[AnswerKey, CurrentAnswer]:
    """Where each of them stands; nobody of a wave that there is not."""
    wanted = dict.fromkeys(keys)
    places = {
        "teams": _filled_up({key.team_id for key in wanted}),
        "waves": _filled_up({key.wave_id for key in wanted}),
        "people": _filled_up({key.respondent for key in wanted}),
    }
    waves = _waves(connection, places)
    found = {
        key: CurrentAnswer(waves[key.team_id, key.wave_id])
        for key in wanted
        if (key.team_id, key.wave_id) in waves
    }
    for row in connection.execute(_RATINGS, places) if found else ():
        at = found.get(AnswerKey(team_id=row.team_id, wave_id=row.wave_id, respondent=row.respondent))
        if at is None:  # of somebody else in the batch, who is asked about in another wave
            continue
        at.clicked_at[row.item] = row.clicked_at
        at.has_comment = row.commented
        if row.item != TAKEN_BACK:
            at.points[row.item] = row.point
    return found


def _waves(connection: Connection, places: Mapping[str, list[str]]) -> Mapping[tuple[str, str], WaveHeader]:
    rows = connection.execute(_WAVES, places).all()
    return {(row.wave_team_id, row.wave_id): read_wave_header(row) for row in rows}


def _filled_up(words: set[str]) -> list[str]:
    """As many as a power of two, the last one again and again: so there are few statements to prepare."""
    size, found = 1 << (len(words) - 1).bit_length(), sorted(words)
    return [*found, *[found[-1]] * (size - len(found))]
