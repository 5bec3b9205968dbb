"""`/pulse comments ux negative billing about Atlas`, and what else is read of a product: answers, a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import TypeVar

from handlers.syntax.clauses import ABOUT, MAIN, about, clauses, take_group
from handlers.syntax.period_syntax import take_period
from handlers.syntax.product_name import read_subject, spoken_name
from handlers.syntax.syntax_error import CommandSyntaxError, form
from handlers.syntax.typed_words import Word, joined, split, without_marks
from jobs.cadence import quoted
from storage.records import Lens, Sentiment, Touchpoint
from storage.records.name_folding import fold

T = TypeVar("T")

_FORM = "/pulse comments cx negative billing"
_ANSWERS_FORM = "/pulse answers cx about Atlas"
_EXPORT_FORM = "/pulse export csv about Atlas"
_FORMS = {"csv": False, "excel": False, "json": True, "jsonl": True}
_FILES = frozenset({"rounds", "comments", "outcomes"})
_NOISE = frozenset({"and", "the", "only", "all", "show", "me", "comments", "ones", "from", "by", "with"})
_SAVED = frozenset({"saved", "messages", "message"})

_LENSES = {
    **dict.fromkeys(("cx", "customer", "customers"), Lens.CX),
    **dict.fromkeys(("ux", "product", "user", "users"), Lens.UX),
}
_TONES = {
    "negative": Sentiment.NEGATIVE,
    "neutral": Sentiment.NEUTRAL,
    "positive": Sentiment.POSITIVE,
    "not sure": Sentiment.UNSURE,
    "unsure": Sentiment.UNSURE,
    "not read": Sentiment.UNCLASSIFIED,
    **dict.fromkeys(("bad", "poor", "unhappy", "critical", "complaint", "complaints"), Sentiment.NEGATIVE),
    **dict.fromkeys(("good", "happy", "praise"), Sentiment.POSITIVE),
}
_TOPICS = {str(topic): topic for topic in Touchpoint} | {
    **dict.fromkeys(("speed", "slow", "fast"), Touchpoint.PERFORMANCE),
    **dict.fromkeys(("bug", "bugs", "error", "errors", "crash", "crashes"), Touchpoint.RELIABILITY),
    **dict.fromkeys(("price", "prices", "pricing", "cost", "invoice", "invoices"), Touchpoint.BILLING),
    **dict.fromkeys(("feature", "missing"), Touchpoint.FEATURES),
    **dict.fromkeys(("easy", "ease"), Touchpoint.USABILITY),
    **dict.fromkeys(("help", "service"), Touchpoint.SUPPORT),
    "buying": Touchpoint.PURCHASE,
    "sales": Touchpoint.PURCHASE,
}
_WISHES = {
    **dict.fromkeys(("wish", "wishes", "request", "requests", "suggestions"), True),
    **dict.fromkeys(("complaint", "complaints"), False),
}
_KNOWN = [*_LENSES, *_TONES, *_TOPICS, *_WISHES]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentsWords:
    """Which comments are wanted, or which `saved` messages, of which group; None is what was not said."""

    lens: Lens | None = None
    sentiment: Sentiment | None = None
    touchpoint: Touchpoint | None = None
    wish: bool | None = None
    product: str | None = None
    saved: bool = False
    group: str | None = None


def read_comments(text: str, *, now: datetime, zone: str) -> CommentsWords:
    """The words after `/pulse comments`, in any order; raises CommandSyntaxError.

    Comments are not chosen by time: when one came could tell whose it is. What follows "about" is a topic
    where it is one, else a product; a product named like a topic is written in quotes.
    """
    with form(_FORM):
        group, words = take_group(split(text))
        period, words = take_period(words, now=now, zone=zone)
        if period is not None:
            raise CommandSyntaxError("Comments carry no dates, so none are chosen by time.", _FORM)
        said = clauses(words, _head)
        named = said.get(ABOUT)
        main = [word.key or word.text for word in without_marks(said[MAIN]) if word.key not in _NOISE]
        product = None
        if named and not any(word.quoted for word in named) and fold(joined(named)) in _TOPICS:
            main.append(fold(joined(named)))
        elif named is not None:
            product = read_subject(spoken_name(named))
    saved = "saved" in main
    names = _names([word for word in main if not (saved and word in _SAVED)])
    return CommentsWords(
        saved=saved,
        lens=_one(names, _LENSES),
        sentiment=_one(names, _TONES),
        touchpoint=_one(names, _TOPICS),
        wish=_one(names, _WISHES),
        product=product,
        group=group,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersWords:
    """Which answers with names are wanted; None is what was not said."""

    lens: Lens | None = None
    product: str | None = None


def read_answers(text: str) -> AnswersWords:
    """The words after `/pulse answers`, in any order; raises CommandSyntaxError."""
    with form(_ANSWERS_FORM):
        said = clauses(split(text), about)
        product = None if ABOUT not in said else read_subject(spoken_name(said[ABOUT]))
    names = [word.key or word.text for word in without_marks(said[MAIN]) if word.key not in _NOISE]
    for name in names:
        if name not in _LENSES:
            raise CommandSyntaxError(f"{quoted(name)} is not a side.", _ANSWERS_FORM)
    return AnswersWords(lens=_one(names, _LENSES), product=product)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportWords:
    """What is wanted as a file: of one product or of all, of a group, as CSV or as lines of JSON.

    `named` are the files that were named: all are sent, and of these it is said where there is none.
    """

    product: str | None = None
    as_lines: bool = False
    group: str | None = None
    named: frozenset[str] = frozenset()


def read_export(text: str) -> ExportWords:
    """The words after `/pulse export`, in any order; raises CommandSyntaxError."""
    with form(_EXPORT_FORM):
        group, words = take_group(split(text))
        said = clauses(words, about)
        product = None if ABOUT not in said else read_subject(spoken_name(said[ABOUT]))
    main = [word.key or word.text for word in without_marks(said[MAIN])]
    main = [f"{name}s" if f"{name}s" in _FILES else name for name in main]
    named = _FILES & set(main)
    names = [name for name in main if name not in _NOISE | named]
    for name in names:
        if name not in _FORMS:
            raise CommandSyntaxError(f"{quoted(name)} is not a form of file.", _EXPORT_FORM)
    as_lines = any(_FORMS[name] for name in names)
    return ExportWords(product=product, as_lines=as_lines, group=group, named=named)


def _head(at: str, key: str, _following: Word) -> str | None:
    return "about" if key == "about" or (at == MAIN and key in {"for", "of", "on"}) else None


def _one(names: list[str], vocabulary: Mapping[str, T]) -> T | None:
    meant = {vocabulary[name] for name in names if name in vocabulary}
    if len(meant) > 1:
        raise CommandSyntaxError(
            "One side, one tone and one topic at a time, and wishes or complaints.", _FORM
        )
    return meant.pop() if meant else None


def _names(words: list[str]) -> list[str]:
    """Words as known names ("not sure" is one); raises CommandSyntaxError for an unknown one."""
    names, at = [], 0
    while at < len(words):
        pair = " ".join(words[at : at + 2])
        name = pair if pair in _KNOWN else words[at]
        if name not in _KNOWN:
            near = get_close_matches(name[:40], _KNOWN, n=1, cutoff=0.75)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise CommandSyntaxError(f"{quoted(words[at])} is not a side, a tone or a topic.{hint}", _FORM)
        names.append(name)
        at += 2 if name == pair and at + 1 < len(words) else 1
    return names
