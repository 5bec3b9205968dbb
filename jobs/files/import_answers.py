"""Counts the answers of a file from another service: rounds by month, of a question of their own.

Who answered is used for one thing, to take the latest answer of each person and to know how many two rounds
share; the totals are made at once, and nothing of any person is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from jobs.answers.respondent_key import Respondents
from jobs.files.count_file import count_groups
from jobs.files.file_marks import marks_of, refused_of, without_few
from jobs.files.rated_rows import RatedRow, RowsRead
from jobs.instruments import Instrument
from jobs.privacy.import_rule import Group, Grouped, Marked, group_by_month
from jobs.privacy.look import CountSettings
from jobs.privacy.repeat_rule import four_weeks_after, same_subject
from jobs.privacy.round_rule import number_from, word_from
from storage.engine.repository import new_id
from storage.imports.imported_rounds import CountedMeanwhile
from storage.pulses.asked_questions import subject_key
from storage.records import Lens, Product, Pulse, Question
from storage.records.count_records import CountedBefore, Import, RoundFromFile
from storage.records.round_records import FROM_FILE
from storage.store import Store

ROWS_DIGITS = 32
MOST_COMMENTS = 5000  # of a file, the newest: a list of more is read by nobody, and slowly


class ImportRefused(Exception):
    """Raised where nothing of a file may be counted; its text is one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedQuestion:
    """What the answers of a file are about, and in which channel their figures are seen.

    `source` names where they come from, `leads` who leads the question (nobody: workspace admins alone), and
    `asked_by` is the name that people read of whoever leads it. A `new_product` is made with what is kept.
    """

    product: Product
    instrument: Instrument
    lens: Lens
    subject: str
    channel_id: str
    source: str
    asked_by: str
    leads: tuple[str, ...] = ()
    new_product: bool = False

    @property
    def question(self) -> Question:
        """The question, which is never one that was asked here."""
        return Question(
            team_id=self.product.team_id,
            channel_id=self.channel_id,
            product_id=self.product.id,
            subject_key=subject_key(self.subject, self.product.keys),
            lens=self.lens,
            instrument=self.instrument.key,
            wording=f"{FROM_FILE}{self.source}",
            named=False,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What would be kept of a file, and why the rest of it would not: row numbers, by reason.

    `waiting` are rows at its end that are too few yet. `written` is how many comments there are; they are
    kept where `listed`: enough different people have written. `by_person` says that it is known whose the
    rows are, `rounds_before` how many rounds of the instrument there are already.
    """

    of: ImportedQuestion
    rounds: tuple[RoundFromFile, ...]
    counted: int
    waiting: tuple[int, ...]
    left_out: Mapping[str, Sequence[int]]
    written: int
    listed: bool
    by_person: bool
    rounds_before: int


async def plan_import(
    store: Store,
    respondents: Respondents,
    of: ImportedQuestion,
    read: RowsRead,
    counting: CountSettings,
    *,
    now: datetime,
) -> ImportPlan:
    """What a file would become; keeps nothing. Raises ImportRefused while nothing may be counted."""
    require_countable(store, counting, now=now)
    question = of.question
    counted = await store.imported.counted(question.team_id, of.instrument.key)
    before = await about_the_same(store, of, counted)

    def rows_of(group: Group[RatedRow]) -> str:
        marks = sorted(row.mark for row in group.answers.values())
        whole = sha256(b"".join(marks)).hexdigest()
        return respondents.mark(question.team_id, "file", whole)[:ROWS_DIGITS]

    grouped = group_by_month(
        read.rows,
        before,
        need=number_from(counting.k),
        need_for_a_word=word_from(counting.k),
        today=now.astimezone(UTC).date(),
        rows_of=rows_of,
    )
    marks = [marks_of(respondents, question.team_id, group) for group in grouped.groups]
    new = [Marked(each, rows_of(group)) for each, group in zip(marks, grouped.groups, strict=True)]
    grouped, marks = without_few(grouped, marks, refused_of(new, counted))
    same = [each.round for each in before if each.round.question.source == of.source]
    rounds = count_groups(of.instrument, question, grouped.groups, same, promise=counting.k)
    written = _newest([_comments_of(group) for group in grouped.groups])
    writers = {who for group in grouped.groups for who, row in group.answers.items() if row.comment}
    listed = len(writers) >= counting.k
    return ImportPlan(
        of=of,
        rounds=tuple(
            RoundFromFile(made, rows_of(group), tuple(comments) if listed else (), own)
            for made, group, comments, own in zip(rounds, grouped.groups, written, marks, strict=True)
        ),
        counted=sum(len(group.answers) for group in grouped.groups),
        waiting=tuple(sorted(row.number for row in grouped.waiting)),
        left_out=_left_out(read, grouped),
        written=sum(bool(row.comment) for group in grouped.groups for row in group.answers.values()),
        listed=listed,
        by_person=any(row.person for row in read.rows),
        rounds_before=len(counted),
    )


def require_countable(store: Store, counting: CountSettings, *, now: datetime) -> None:
    """Raises ImportRefused within the weeks after a restore, in which nothing is counted."""
    restored_on, today = store.restores.restored_on, now.astimezone(UTC).date()
    if restored_on and today < (again := four_weeks_after(restored_on, counting.weeks)):
        raise ImportRefused(
            f"This database was put back from a copy: nothing counts before {again:%d %B %Y}. Import then."
        )


async def keep_import(store: Store, plan: ImportPlan, *, promise: int, now: datetime) -> Pulse:
    """Keep what was planned, as one question, and give it. Raises ImportRefused where there is nothing."""
    if not plan.rounds:
        raise ImportRefused("Nothing of the file can be counted, so nothing was kept.")
    of = plan.of
    pulse = Pulse(
        team_id=of.product.team_id,
        id=new_id(),
        number=0,
        product=of.product,
        instrument=of.instrument.key,
        lens=of.lens,
        subject=of.subject,
        channel_id=of.channel_id,
        named=False,
        min_group=promise,
        open_for=None,
        cadence=None,
        zone="UTC",
        next_at=None,
        paused=False,
        pause_reason=None,
        leads=of.leads,
        asked_by=of.asked_by,
        created_at=now,
    )
    new = Import(
        pulse=pulse,
        rounds=plan.rounds,
        listed=plan.listed,
        counted=plan.rounds_before,
        new_product=of.new_product,
    )
    try:
        return await store.imported.keep(new)
    except CountedMeanwhile:
        raise ImportRefused(
            "Something else was counted while the file was read, so nothing of it was kept: say it again."
        ) from None


async def about_the_same(
    store: Store, of: ImportedQuestion, counted: Sequence[CountedBefore]
) -> list[CountedBefore]:
    """Those rounds of an instrument that are on the same product and subject, in any channel."""
    team_id, question = of.product.team_id, of.question
    same = {
        each.id: each.keys | of.product.keys
        for each in await store.products.everywhere(team_id)
        if each.keys & of.product.keys
    }
    return [
        each
        for each in counted
        if (keys := same.get(each.round.question.product_id))
        and same_subject(each.round.question, question, keys)
    ]


def _comments_of(group: Group[RatedRow]) -> list[str]:
    """What people have written with the answers that count; one comment each."""
    return [row.comment for row in group.answers.values() if row.comment]


def _newest(written: Sequence[list[str]]) -> list[list[str]]:
    """As many comments as are kept, those of the newest rounds."""
    room, kept = MOST_COMMENTS, list[list[str]]()
    for comments in reversed(written):
        kept.append(comments[:room])
        room -= len(kept[-1])
    return kept[::-1]


def _left_out(read: RowsRead, grouped: Grouped[RatedRow]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, reason in read.refused:
        found.setdefault(reason.partition(": row ")[0], []).append(number)
    for reason, rows in grouped.left_out.items():
        found[reason] = sorted(row.number for row in rows)
    return found
