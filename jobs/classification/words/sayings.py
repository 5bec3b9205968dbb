"""Sayings that mean another thing than their words, and answers of a word or two: read as they are meant."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple, Self

from jobs.classification.words import packaged
from jobs.classification.words.ratings import BLAMED, EVEN, EVENT, PRAISED, SIGNS
from jobs.classification.words.tokens import NEGATIONS

_MARKS = {"praise": PRAISED, "blame": BLAMED, "even": EVEN, "event": EVENT}
_MARK_OF = {1: PRAISED, -1: BLAMED, 0: EVEN}
_MOST_TOKENS = 60  # beside more words a saying says little
_MOST_AROUND, _LONGEST = 12, 6  # words of a comment that an answer may fill, and of an answer
_CLITIC = re.compile(r" (n't|'\w+)\b")  # "is n't" is written "isn't"
_DRAWN_OUT = re.compile(r"(\w)\1+\b")  # "yess"
_REACH = 3  # words on which a negation before a saying denies it
_OPEN = frozenset(["if", "until", "unless", "once"])  # what follows is not so yet


class Read(NamedTuple):
    """The words as they are meant, with marks among them, and what stood there: its sign and its words.

    `reworded` is the comment in the other words that it is read as, without marks; "" where it has none.
    """

    tokens: list[str]
    said: tuple[tuple[int, str], ...]
    reworded: str = ""


@dataclass(frozen=True, slots=True)
class Sayings:
    """Knows sayings and short answers."""

    read_as: Sequence[tuple[re.Pattern[str], str]]
    rules: Sequence[tuple[re.Pattern[str], str]]
    answers: Mapping[str, str]
    before: frozenset[str]
    after: frozenset[str]

    @classmethod
    def load(cls) -> Self:
        """The packaged lists, `sayings.toml`."""
        table: dict[str, Any] = packaged.table("sayings.toml")
        lists: dict[str, str] = {}
        for name, listed in table["lists"].items():
            lists[name] = f"(?:{'|'.join(_filled(each, lists) for each in listed)})"
        answers = table["answers"]
        return cls(
            read_as=[(_compiled([pattern], lists), instead) for pattern, instead in table["read_as"].items()],
            rules=[(_compiled(table["rules"][name], lists), _MARKS[name]) for name in table["rules"]],
            answers=_answers(answers),
            before=frozenset(answers["before"].split()),
            after=frozenset(answers["after"].split()),
        )

    def read(self, tokens: list[str]) -> Read:
        """The tokens as they are meant; the same list where nothing is found, and for long comments."""
        if len(tokens) > _MOST_TOKENS:
            return Read(tokens, ())
        said: list[tuple[int, str]] = []
        text = " ".join(tokens)
        for pattern, instead in self.read_as:
            text = pattern.sub(instead, text)
        reworded = _CLITIC.sub(r"\1", text) if text != " ".join(tokens) else ""
        for pattern, mark in self.rules:
            text = pattern.sub(partial(_marked, mark=mark, said=said), text)
        read = text.split()
        answer = self._answer(read)
        if answer:
            sign, words = answer
            said += [answer] * SIGNS.keys().isdisjoint(words.split())
            read = [_MARK_OF[sign]]
        return Read(read if read and read != tokens else tokens, tuple(said), reworded)

    def _answer(self, tokens: Sequence[str]) -> tuple[int, str] | None:
        """The answer that fills a comment, or what follows its question; its sign and its words."""
        if "?" in tokens[:-1]:
            tokens = tokens[len(tokens) - tokens[::-1].index("?", 1) :]
        said = [token for token in tokens if token[0].isalnum() or "'" in token]
        said = [token for at, token in enumerate(said) if said[at - 1 : at] != [token]]
        start, end = 0, len(said) if len(said) <= _MOST_AROUND else 0
        while start < end:
            words = " ".join(said[start:end])
            mark = self._mark(said[start:end])
            if mark:
                return SIGNS[mark], words
            if end - start > 1 and said[end - 1] in self.after:
                end -= 1
            elif said[start] in self.before:
                start += 1
            else:
                break
        return None

    def _mark(self, said: Sequence[str]) -> str:
        """The mark of an answer, or of several of one tone in a row; "" for other words."""
        whole = " ".join(said)
        mark = self.answers.get(whole) or self.answers.get(_DRAWN_OUT.sub(r"\1", whole))
        if mark:
            return mark
        for at in range(1, min(len(said), _LONGEST)):
            first = self.answers.get(" ".join(said[:at]))
            if first and first == self._mark(said[at:]):
                return first
        return ""


def _answers(lists: Mapping[str, str]) -> dict[str, str]:
    """The mark of each answer; a mark is an answer too, so that "Yes, of course" is one."""
    listed = {name: lists[name].replace("\n", "|").split("|") for name in _MARKS if name in lists}
    marks = {mark: mark for mark in _MARK_OF.values()}
    return marks | {said: _MARKS[name] for name, answers in listed.items() for said in answers}


def _marked(found: re.Match[str], mark: str, said: list[tuple[int, str]]) -> str:
    """The mark for what was found; praise that is denied blames, the rest that is denied or open stays."""
    before = found.string[: found.start()].split()[-_REACH:]
    if not NEGATIONS.isdisjoint(before) and NEGATIONS.isdisjoint(found[0].split()[:1]):
        if mark != PRAISED:
            return found[0]
        mark = BLAMED
    if mark == PRAISED and not _OPEN.isdisjoint(before):
        return found[0]
    said.append((SIGNS[mark], found[0].strip()))
    return f" {mark} "


def _filled(pattern: str, lists: Mapping[str, str]) -> str:
    """The pattern with lists for their names in braces."""
    return re.sub(r"\{([a-z_]+)\}", lambda name: lists[name[1]], pattern)


def _compiled(patterns: Sequence[str], lists: Mapping[str, str]) -> re.Pattern[str]:
    """One pattern of whole words for all."""
    filled = "|".join(_filled(pattern, lists) for pattern in patterns)
    return re.compile(rf"(?<!\S)(?:{filled})(?!\S)")
