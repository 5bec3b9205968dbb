"""Faults in what is counted, when, of whom, and what is left of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection, select

from jobs.privacy import round_rule
from jobs.privacy.batch_rule import next_batch
from jobs.pulses import count_rounds
from storage.answers import erasure
from storage.pulses import rounds, waiting_answers
from storage.records import SMALLEST_PROMISE
from storage.schema.question_tables import RATING, WAVE
from storage.schema.round_tables import PARTICIPATION, ROUND


@contextmanager
def counted_while_open() -> Iterator[None]:
    """A question is counted before its wave has closed."""

    def early(at: datetime) -> Any:
        return WAVE.c.opened_at <= at - timedelta(hours=1)

    with patch.object(waiting_answers, "is_in", early), patch.object(rounds, "is_in", early):
        yield


@contextmanager
def forget_moves_a_figure() -> Iterator[None]:
    """Who is forgotten is taken out of what was counted."""
    erase = rounds.erase_marks

    def erased(connection: Connection, team_id: str, respondents: Any) -> int:
        theirs = select(PARTICIPATION.c.round_id).where(PARTICIPATION.c.respondent.in_(respondents))
        counted = ROUND.update().where(ROUND.c.id.in_(theirs), ROUND.c.n > 5)
        connection.execute(counted.values(n=ROUND.c.n - 1))
        return erase(connection, team_id, respondents)

    with patch.object(erasure, "erase_marks", erased):
        yield


@contextmanager
def tie_kept_after_the_count() -> Iterator[None]:
    """The count leaves one person's answer where it was."""
    keep = rounds._keep

    def kept(connection: Connection, team_id: str, question_id: str, given: Any, made: Any) -> None:
        one = select(RATING).where(RATING.c.wave_id == given.waves[0].id).limit(1)
        first = connection.execute(one).mappings().first()
        keep(connection, team_id, question_id, given, made)
        if first and made.round:
            connection.execute(RATING.insert(), dict(first))

    with patch.object(rounds, "_keep", kept):
        yield


@contextmanager
def somebody_counts_twice() -> Iterator[None]:
    """Who has answered two askings of a question counts as two people."""
    keep = rounds._keep

    def kept(connection: Connection, team_id: str, question_id: str, given: Any, made: Any) -> None:
        if made.round:
            answers = sum(len(wave.answers) for wave in given.waves)
            made = replace(made, round=replace(made.round, n=max(answers, made.round.n)))
        keep(connection, team_id, question_id, given, made)

    with patch.object(rounds, "_keep", kept):
        yield


@contextmanager
def number_from_five() -> Iterator[None]:
    """A score is shown of five people."""
    with patch.object(round_rule, "NUMBER_FROM", SMALLEST_PROMISE):
        yield


@contextmanager
def counted_again_within_four_weeks() -> Iterator[None]:
    """Nothing and nobody has to wait for the next round."""
    with (
        patch.object(round_rule, "four_weeks_after", lambda day, _: day),
        patch.object(round_rule, "counted_lately", lambda *_: frozenset()),
    ):
        yield


@contextmanager
def comments_of_one_are_listed() -> Iterator[None]:
    """A comment is listed as soon as it is there."""

    def made(comments: Any, **_: int) -> Any:
        listed = next_batch([replace(each, promise=1) for each in comments], k=1)
        return listed and replace(listed, need=SMALLEST_PROMISE)

    with patch.object(count_rounds, "next_batch", made):
        yield
