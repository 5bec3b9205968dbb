"""Nobody is counted twice for the same within four weeks. Pure.

Otherwise two figures a few days apart could be of the same people but one. "Four weeks" lasts one day less
(27 days), so that a question asked every fourth Friday is counted every time. Names of products and subjects
come folded; the caller says which products count as one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from jobs.privacy.look import Look
from storage.records.round_records import Mark, Question, RoundKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedBefore:
    """What is said to somebody who answers again: that they were counted on `day`, and what follows.

    "An answer now counts only if this question is counted on `counts_from` or later." `word_only` says that
    this holds for a word only: a round with figures would count the answer earlier.
    """

    day: date
    counts_from: date
    word_only: bool


def four_weeks_after(day: date, weeks: int) -> date:
    """The first day on which the four weeks since `day` are over: 17 December for 20 November."""
    return day + _four_weeks(weeks)


def counted_lately(look: Look, kind: RoundKind) -> frozenset[str]:
    """Who is left out of a round of this kind: they were counted for the same within four weeks."""
    over = look.today - _four_weeks(look.weeks)
    return frozenset(
        mark.respondent
        for mark in look.marks
        if mark.day > over and is_same(look.question, mark, kind, look.product_keys)
    )


def counted_before(
    question: Question,
    marks: Iterable[Mark],
    *,
    product_keys: frozenset[str],
    today: date,
    weeks: int,
    may_be_word: bool,
) -> CountedBefore | None:
    """What to tell somebody who answers a question today; None where their answer may count at once.

    `marks` are those of this person. `may_be_word` says whether the question may get a word round.
    """
    over = today - _four_weeks(weeks)
    lately = [mark for mark in marks if mark.day > over]
    for kind in (RoundKind.NUMBER, RoundKind.WORD) if may_be_word else (RoundKind.NUMBER,):
        days = [mark.day for mark in lately if is_same(question, mark, kind, product_keys)]
        if days:
            counts_from = four_weeks_after(max(days), weeks)
            return CountedBefore(day=max(days), counts_from=counts_from, word_only=kind is RoundKind.WORD)
    return None


def is_same(question: Question, mark: Mark, kind: RoundKind, product_keys: frozenset[str]) -> bool:
    """Whether who has this mark was counted for the same as in a round of `kind` of `question`.

    For a round with figures the same is instrument, product and subject. A product that was renamed or merged
    is known by all its names. For a word round the product is
    enough, whatever they were counted for: words of the same few people about one thing after another would
    add up. Questions with names leave nobody out, and nobody is left out because of one.
    """
    if question.named or mark.named or not mark.product_keys & product_keys:
        return False
    if kind is RoundKind.WORD:
        return True
    names = mark.product_keys | product_keys
    return mark.instrument == question.instrument and same_subject(mark, question, names)


def same_subject(one: Mark | Question, other: Mark | Question, product_keys: frozenset[str]) -> bool:
    """Whether two are about the same; any name of the product, now and before, is the product itself."""
    keys = ["" if each.subject_key in product_keys else each.subject_key for each in (one, other)]
    return keys[0] == keys[1]


def _four_weeks(weeks: int) -> timedelta:
    return timedelta(days=7 * weeks - 1)
