"""The export of rounds, read again: each becomes the same round, as far as it was told. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from jobs.files.round_lines import CLASSES, NOT_FAVOURABLE
from jobs.instruments import AnswerClass, Instrument, Scoring
from jobs.privacy.clip_rule import clipped_score
from jobs.privacy.round_rule import NUMBER_FROM, WORD_FROM
from jobs.scoring.stand_in import stand_in
from jobs.tables.table_file import TextTable, plain_cell
from storage.records import ClassCounts, Lean, Question, Round, RoundKind
from storage.records.name_folding import fold

_KNOWN_BY = {"round", "instrument", "people", "counted_on", "first_day", "last_day"}
_MOST_DAYS = 400
_TOO_MANY = 10_000_000
_A_DAY = timedelta(days=1)  # between the zones of a close and of its count
Row = Mapping[str, str]
"""The cells of a row by the names of their columns."""


@dataclass(frozen=True, slots=True)
class RoundsRead:
    """The rounds of a file, oldest first, with rows and what tells them apart; of other rows why not."""

    rounds: list[tuple[int, Round, str]]
    refused: list[tuple[int, str]]


class _Unfit(Exception):
    """Why a row is no round."""


def has_rounds(table: TextTable) -> bool:
    """Whether a file is an export of rounds, and not of answers."""
    return set(table.columns) >= _KNOWN_BY


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """The question whose rounds are read: `subject_keys` has the key of each subject, by its words."""

    instrument: Instrument
    question: Question
    product_names: frozenset[str]
    subject_key: Callable[[str], str]
    today: date


def read_rounds_of(table: TextTable, sought: Sought, new_id: Callable[[], str]) -> RoundsRead:
    """The rounds of one question in a file; those of others, and rows of roles, are left out."""
    refused: list[tuple[int, str]] = []
    found: dict[str, tuple[Round, Row]] = {}
    numbers: dict[str, int] = {}
    for number, cells in table.rows:
        row = {name: plain_cell(cell).strip() for name, cell in zip(table.columns, cells, strict=False)}
        row.setdefault("shared", _told_deeper(row))
        try:
            reason = _why_not(row, sought)
            if reason is None and row["round"] in found:
                reason = "its number is that of another round"
            if reason is None:
                found[row["round"]] = (_round(row, sought, new_id()), row)
                numbers[found[row["round"]][0].id] = number
        except _Unfit as unfit:
            reason = str(unfit)
        except (KeyError, ValueError, ArithmeticError):
            reason = "the row is no round as an export has it"
        if reason:
            refused.append((number, reason))
    linked = [(numbers[one.id], _with_shared(one, row, found), _words_of(row)) for one, row in found.values()]
    return RoundsRead(sorted(linked, key=lambda each: (each[1].counted_at, each[0])), refused)


def _why_not(row: Row, sought: Sought) -> str | None:
    """Why a row is not read, where that is seen at once."""
    if not any(row.values()):
        return "the row is empty"
    if row.get("role"):
        return "rows of roles are not read again"
    question, product = sought.question, fold(row["product"])
    same = (row["instrument"], row["side"]) == (question.instrument, question.lens)
    if not same or product not in sought.product_names or row.get("with_names") == "yes":
        return "another question: its product, side or instrument, or with names"
    if row.get("subject") and sought.subject_key(row["subject"]) != question.subject_key:
        return "another subject"
    if not row.get("subject") and question.subject_key:
        return "another subject"
    return "the date is in the future" if date.fromisoformat(row["counted_on"]) > sought.today else None


def _round(row: Row, sought: Sought, id_: str) -> Round:
    n, word = _people(row["people"]), row.get("word", "")
    if n < (WORD_FROM if word else NUMBER_FROM):
        raise _Unfit("it has fewer people than a round has")
    invited = _people(row["invited"]) if row.get("invited") else None
    first, last = date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])
    counted_on = date.fromisoformat(row["counted_on"])
    if (
        not first <= last <= counted_on + _A_DAY
        or (last - first).days > _MOST_DAYS
        or (invited is not None and invited < n)
    ):
        raise _Unfit("its days or people cannot be")
    bare = Round(
        id=id_,
        question=sought.question,
        kind=RoundKind.WORD,
        lean=Lean.NEITHER,
        counted_at=datetime.combine(counted_on, time(12), UTC),
        n=n,
        invited=invited,
        first_day=first,
        last_day=last,
        askings=_people(row.get("askings") or "1"),
    )
    return replace(bare, lean=Lean(word)) if word else _with_figures(bare, row, sought.instrument)


def _people(said: str) -> int:
    """A number of people or questions: 1 or more, and no more than a workspace may have."""
    number = int(said)
    if not 0 < number < _TOO_MANY:
        raise ValueError(said)
    return number


def _with_figures(bare: Round, row: Row, instrument: Instrument) -> Round:
    figures: dict[str, Any] = {"kind": RoundKind.NUMBER, "lean": None}
    if row.get("nearly_all"):
        return replace(bare, **figures, clipped=_clipped(row["nearly_all"], instrument))
    if instrument.scoring in (Scoring.NET, Scoring.SHARE):
        counts = ClassCounts(**{str(name): int(row[str(name)]) for name in AnswerClass})
        histogram = _histogram(counts, instrument)
        figures["classes"] = counts
    else:
        ends = {name: float(row[name]) for name in ("score", "low", "high")}
        lowest, highest = instrument.bounds
        if not all(lowest <= end <= highest for end in ends.values()):  # neither is what is no number
            raise _Unfit("no answers have such a score and range")
        told = replace(bare, **figures, histogram={ends["score"]: bare.n})
        found = stand_in(instrument, told, **ends)
        if found is None:
            raise _Unfit("no answers have such a score and range")
        histogram = found
    if min(histogram.values()) < 0 or sum(histogram.values()) != bare.n:
        raise _Unfit("its counts do not add up to its people")
    clipped = clipped_score(histogram)
    if clipped is not None:  # as every round is
        return replace(bare, kind=RoundKind.NUMBER, lean=None, clipped=clipped)
    return replace(bare, **figures, histogram=histogram)


def _histogram(counts: ClassCounts, instrument: Instrument) -> dict[float, int]:
    rest = counts.middle + counts.unfavourable
    if instrument.scoring is Scoring.SHARE:
        found = {0.0: rest, 100.0: counts.favourable}
    else:
        found = {-100.0: counts.unfavourable, 0.0: counts.middle, 100.0: counts.favourable}
    return {score: people for score, people in found.items() if people}


def _clipped(said: str, instrument: Instrument) -> float:
    if instrument.scoring is Scoring.NET:
        return {str(name): score for score, name in CLASSES.items()}[said]
    if instrument.scoring is Scoring.SHARE:
        return {str(AnswerClass.FAVOURABLE): 100.0, NOT_FAVOURABLE: 0.0}[said]
    lowest, highest = instrument.bounds
    if not lowest <= float(said) <= highest:
        raise _Unfit("no answers have such a score and range")
    return float(said)


def _told_deeper(row: Row) -> str:
    """The shared people of a line of JSON, as CSV has them."""
    deeper = ((name.removeprefix("shared."), value) for name, value in row.items())
    return " ".join(f"{name}={value}" for name, value in deeper if name.isdigit() and value)


def _with_shared(one: Round, row: Row, found: Mapping[str, tuple[Round, Row]]) -> Round:
    """People it shares with rounds of the file that are read too; a word round shares nobody."""
    if one.kind is RoundKind.WORD:
        return one
    pairs = (pair.split("=") for pair in row.get("shared", "").split() if pair.count("=") == 1)
    shared = {}
    for number, people in pairs:
        other = found.get(number)
        if other and people.isdigit() and int(people) and other[0].kind is RoundKind.NUMBER:
            shared[other[0].id] = min(int(people), one.n, other[0].n)
    return replace(one, shared=shared)


def _words_of(row: Row) -> str:
    """What tells a round from others, whatever its place in a file is."""
    told = ((name, value) for name, value in sorted(row.items()) if name.split(".")[0] not in _OWN)
    return "\x1f".join(f"{name}={value}" for name, value in told if value)


_OWN = {"round", "shared", "imported_from", "channel", "product"}
"""What the same round may have otherwise in another file."""
