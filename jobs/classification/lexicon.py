"""The words that speak for a touchpoint, and what a team adds of its own."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, Self

from jobs.classification.tokens import words
from storage.records import Touchpoint

STRONG, WEAK = 1.0, 0.5
_LONGEST = 4
_SECTIONS = {"touchpoints", "tone", "products"}


class LexiconError(ValueError):
    """A lexicon file that cannot be read; the message names the file and the place."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words and phrases by touchpoint, a team's own words of praise and blame, and its product names.

    A phrase is a tuple of stemmed words. `touchpoints` maps it to what it speaks for and how much.
    """

    touchpoints: Mapping[tuple[str, ...], Mapping[Touchpoint, float]]
    positive: frozenset[str]
    negative: frozenset[str]
    names: frozenset[tuple[str, ...]]
    firsts: frozenset[str]

    @classmethod
    def load(cls, own: Path | None = None) -> Self:
        """The packaged lexicon, with a team's own file on top.

        Raises:
            LexiconError: the file is not readable or not of the lexicon's form.
        """
        tables = [
            (_parse(resources.files(__package__).joinpath("lexicon.toml").read_text("utf-8"), "lexicon.toml"))
        ]
        if own is not None:
            tables.append(_parse(_read(own), str(own)))
        touchpoints: dict[tuple[str, ...], dict[Touchpoint, float]] = {}
        for table in tables:
            for name, strengths in table.get("touchpoints", {}).items():
                for strength, weight in (("weak", WEAK), ("strong", STRONG)):
                    for phrase in strengths.get(strength, ()):
                        touchpoints.setdefault(stems(words(phrase)), {})[Touchpoint(name)] = weight
        return cls(
            touchpoints,
            frozenset(_listed(tables, "tone", "positive")),
            frozenset(_listed(tables, "tone", "negative")),
            frozenset(tuple(words(name)) for name in _listed(tables, "products", "names")),
            frozenset(phrase[0] for phrase in touchpoints),
        )

    def evidence(self, tokens: Sequence[str]) -> dict[Touchpoint, dict[str, float]]:
        """What speaks for each touchpoint: the phrases found and their weight; the longest phrase wins."""
        stemmed = stems(tokens)
        found: dict[Touchpoint, dict[str, float]] = {}
        at = 0
        while at < len(stemmed):
            step = 1
            if stemmed[at] in self.firsts:
                for length in range(min(_LONGEST, len(stemmed) - at), 0, -1):
                    weights = self.touchpoints.get(stemmed[at : at + length])
                    if weights:
                        phrase = " ".join(tokens[at : at + length])
                        for touchpoint, weight in weights.items():
                            found.setdefault(touchpoint, {})[phrase] = weight
                        step = length
                        break
            at += step
        return found


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"the lexicon {path} cannot be read: {error}") from error


def _parse(text: str, name: str) -> dict[str, Any]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"the lexicon {name} is not TOML: {error}") from error
    _check(table, name)
    return table


def _check(table: dict[str, Any], name: str) -> None:
    unknown = sorted(set(table) - _SECTIONS)
    if unknown:
        raise LexiconError(
            f"the lexicon {name} has [{unknown[0]}]; it knows [touchpoints.NAME], [tone] and [products]"
        )
    known = {touchpoint.value for touchpoint in Touchpoint if touchpoint is not Touchpoint.OTHER}
    places = {
        f"touchpoints.{key}": (value, {"strong", "weak"})
        for key, value in _table(table, "touchpoints", name).items()
    }
    for key in table.get("touchpoints", {}):
        if key not in known:
            raise LexiconError(
                f"the lexicon {name} has [touchpoints.{key}]; the names are {', '.join(sorted(known))}"
            )
    places["tone"] = (_table(table, "tone", name), {"positive", "negative"})
    places["products"] = (_table(table, "products", name), {"names"})
    for place, (value, keys) in places.items():
        if not isinstance(value, dict) or set(value) - keys:
            raise LexiconError(f"the lexicon {name}: [{place}] takes {' and '.join(sorted(keys))}")
        for key, listed in value.items():
            if not isinstance(listed, list) or not all(
                isinstance(word, str) and words(word) for word in listed
            ):
                raise LexiconError(f"the lexicon {name}: {key} in [{place}] takes a list of words in quotes")


def _table(table: dict[str, Any], key: str, name: str) -> dict[str, Any]:
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise LexiconError(f"the lexicon {name}: [{key}] is a table")
    return value


def _listed(tables: Iterable[dict[str, Any]], section: str, key: str) -> Iterable[str]:
    return (phrase for table in tables for phrase in table.get(section, {}).get(key, ()))


def stems(tokens: Iterable[str]) -> tuple[str, ...]:
    """The words without their endings, so that "crashes" and "crashing" are "crash"."""
    return tuple(map(_stem, tokens))


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    """A light stemmer: plural, past and -ing endings, doubled consonants and final e, nothing else."""
    if len(word) < 4 or not word.isalpha():
        return word
    for ending, instead in (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)] + instead
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] in "bdgmnprt":
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > 3 else word
