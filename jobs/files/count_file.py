"""The totals of the answers of a file, and how many people its rounds share."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from jobs.files.rated_rows import RatedRow
from jobs.instruments import Instrument
from jobs.privacy.import_rule import Group
from jobs.privacy.look import ClosedWave
from jobs.privacy.round_rule import NumberRound, WordRound
from jobs.scoring.counted_round import count_round
from storage.engine.repository import new_id
from storage.records import MARKS_KEPT, Question, Round
from storage.records.count_records import EarlierRound
from storage.records.round_records import RoundKind


def count_groups(
    instrument: Instrument,
    question: Question,
    groups: Sequence[Group[RatedRow]],
    before: Iterable[Round],
    *,
    promise: int,
) -> list[Round]:
    """The totals of each group.

    Who shares people with whom is known where every row says whose it is; else it is taken at its worst: that
    the smaller round is in the larger one. So it is towards the rounds of an earlier file.
    """
    made: list[tuple[Round, frozenset[str] | None]] = [(one, None) for one in before if not one.withdrawn]
    found = []
    for group in groups:
        answers = {_whose(row): {1: row.point} for row in group.answers.values()}
        whose = frozenset(answers) if all(row.person for row in group.answers.values()) else None
        known = [(one, people) for one, people in made if people is not None and whose is not None]
        counted = count_round(
            instrument,
            _decision(group, answers, promise),
            answers,
            id=new_id(),
            question=question,
            counted_at=group.counted_at,
            earlier=[EarlierRound(one, people) for one, people in known],
        )
        if counted.kind is RoundKind.NUMBER:
            worst = {
                one.id: min(one.n, counted.n)
                for one, people in made
                if (people is None or whose is None) and _may_share(one, counted)
            }
            counted = replace(counted, shared={**counted.shared, **worst})
        made.append((counted, whose))
        found.append(counted)
    return found


def _whose(row: RatedRow) -> str:
    """Who gave an answer; where that is not known, nobody else: no name of a person begins with a space."""
    return row.person or f" {row.number}"


def _may_share(one: Round, later: Round) -> bool:
    near = abs(later.counted_at - one.counted_at) <= MARKS_KEPT
    return near and one.kind is RoundKind.NUMBER


def _decision(group: Group[RatedRow], answers: Iterable[str], promise: int) -> NumberRound | WordRound:
    midnight = datetime.combine(group.first, datetime.min.time(), UTC)
    ends = datetime.combine(group.last, datetime.min.time(), UTC) + timedelta(hours=23)
    wave = ClosedWave(
        id="file",
        number=1,
        opened_at=midnight,
        closes_at=ends,
        promise=promise,
        scheduled=False,
        members=None,
        respondents=frozenset(answers),
    )
    kind = NumberRound if group.kind is RoundKind.NUMBER else WordRound
    return kind(waves=(wave,), members=dict.fromkeys(answers, "file"), left_out=frozenset())
