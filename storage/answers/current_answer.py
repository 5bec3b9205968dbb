"""Where people stand in waves, read for a whole batch of answers at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import BindParameter, Connection, bindparam, exists, select
from sqlalchemy import tuple_ as pair

from storage.engine.repository import select_columns
from storage.records import AnswerKey, Rating, WaveHeader
from storage.schema.question_tables import COMMENT, RATING, TAKEN_BACK, WAVE
from storage.schema.wave_rows import HEADER_COLUMNS, WAVE_TABLES, read_wave_header

T = TypeVar("T")
LONG_AGO = datetime.min.replace(tzinfo=UTC)
_HAS_COMMENT = exists().where(
    COMMENT.c.team_id == RATING.c.team_id,
    COMMENT.c.wave_id == RATING.c.wave_id,
    COMMENT.c.respondent == RATING.c.respondent,
)
_PLACES: BindParameter[Any] = bindparam("places", expanding=True)
_WAVES = select_columns(HEADER_COLUMNS, WAVE_TABLES).where(pair(WAVE.c.team_id, WAVE.c.id).in_(_PLACES))
_RATINGS = select(
    RATING.c.team_id,
    RATING.c.wave_id,
    RATING.c.respondent,
    RATING.c.item,
    RATING.c.point,
    RATING.c.clicked_at,
    _HAS_COMMENT.label("commented"),
).where(pair(RATING.c.team_id, RATING.c.wave_id, RATING.c.respondent).in_(_PLACES))
"""Who wrote has a row here: a comment goes with the last answer, and what is taken back leaves its mark."""


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
    waves = _waves(connection, sorted({(key.team_id, key.wave_id) for key in wanted}))
    found = {
        key: CurrentAnswer(waves[key.team_id, key.wave_id])
        for key in wanted
        if (key.team_id, key.wave_id) in waves
    }
    places = sorted((key.team_id, key.wave_id, key.respondent) for key in found)
    for row in connection.execute(_RATINGS, {"places": _filled_up(places)}) if places else ():
        at = found[AnswerKey(team_id=row.team_id, wave_id=row.wave_id, respondent=row.respondent)]
        at.clicked_at[row.item] = row.clicked_at
        at.has_comment = row.commented
        if row.item != TAKEN_BACK:
            at.points[row.item] = row.point
    return found


def _waves(connection: Connection, places: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], WaveHeader]:
    rows = connection.execute(_WAVES, {"places": _filled_up(places)}).all()
    return {(row.wave_team_id, row.wave_id): read_wave_header(row) for row in rows}


def _filled_up(places: Sequence[T]) -> list[T]:
    """As many as a power of two, the last one again and again: so there are few statements to prepare."""
    size = 1 << (len(places) - 1).bit_length()
    return [*places, *[places[-1]] * (size - len(places))]
