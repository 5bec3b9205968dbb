"""Takes in the rounds of an export, as rounds of a question of their own."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from jobs.answers.respondent_key import Respondents
from jobs.files.import_answers import (
    ROWS_DIGITS,
    ImportedQuestion,
    ImportPlan,
    ImportRefused,
    about_the_same,
    require_countable,
)
from jobs.files.rated_rows import RowsRead
from jobs.files.round_file import Sought, read_rounds_of
from jobs.privacy.import_rule import COUNTED, TOO_NEW, only_same, too_new
from jobs.privacy.look import CountSettings
from jobs.tables.table_file import TextTable
from storage.engine.repository import new_id
from storage.pulses.asked_questions import subject_key
from storage.records.count_records import CountedBefore, RoundFromFile
from storage.records.name_folding import fold
from storage.records.round_records import Round
from storage.store import Store

LEAST_APART = timedelta(days=13)  # two rounds of a question, at the shortest setting
TWICE = "the same round stands in the file before"
TOO_CLOSE = "it was counted less than two weeks after the round before it"


async def plan_rounds(
    store: Store,
    respondents: Respondents,
    of: ImportedQuestion,
    table: TextTable,
    counting: CountSettings,
    *,
    now: datetime,
) -> tuple[ImportPlan, RowsRead]:
    """What the rounds of a file would become, and its rows that are no such rounds; keeps nothing.

    Raises ImportRefused while nothing may be counted, and for rounds of several channels.
    """
    require_countable(store, counting, now=now)
    _require_one_channel(table)
    question, today = of.question, now.astimezone(UTC).date()
    sought = Sought(
        instrument=of.instrument,
        question=question,
        product_names=frozenset({fold(of.product.name)}),
        subject_key=lambda words: subject_key(words, of.product.keys),
        today=today,
    )
    read = read_rounds_of(table, sought, new_id)
    counted = await store.imported.counted(question.team_id, of.instrument.key)
    before = await about_the_same(store, of, counted)
    kept: list[RoundFromFile] = []
    left_out: dict[str, list[int]] = {}
    for number, reason in read.refused:
        left_out.setdefault(reason, []).append(number)
    for number, one, words in read.rounds:
        rows = respondents.mark(question.team_id, "round", words)[:ROWS_DIGITS]
        if why := _why_not(one, rows, kept, before, now):
            left_out.setdefault(why, []).append(number)
        else:
            kept.append(RoundFromFile(one, rows))
    known = {each.round.id for each in kept}
    rounds = tuple(_within(each, known) for each in kept)
    plan = ImportPlan(
        of=of,
        rounds=rounds,
        counted=sum(each.round.n for each in rounds),
        waiting=(),
        left_out={reason: sorted(numbers) for reason, numbers in left_out.items()},
        written=0,
        listed=False,
        by_person=True,
        rounds_before=len(counted),
    )
    return plan, RowsRead([], read.refused)


def _why_not(
    one: Round, rows: str, kept: Sequence[RoundFromFile], before: Sequence[CountedBefore], now: datetime
) -> str | None:
    if any(each.rows == rows for each in kept):
        return TWICE
    if kept and one.counted_at - kept[-1].round.counted_at < LEAST_APART:
        return TOO_CLOSE
    if too_new(one.counted_on, now.astimezone(UTC).date()):
        return TOO_NEW
    return None if only_same(one.first_day, one.counted_on, before, rows) else COUNTED


def _require_one_channel(table: TextTable) -> None:
    if "channel" in table.columns:
        place = table.columns.index("channel")
        found = sorted({cells[place] for _, cells in table.rows if cells[place]})
        if len(found) > 1:
            raise ImportRefused(
                f"The file has rounds of several channels ({', '.join(found[:4])}): "
                "divide it, and import those of one channel at a time."
            )


def _within(each: RoundFromFile, known: set[str]) -> RoundFromFile:
    """The round without people that it shares with rounds that are not kept."""
    one = each.round
    shared = {id_: people for id_, people in one.shared.items() if id_ in known}
    return RoundFromFile(replace(one, shared=shared), each.rows)
