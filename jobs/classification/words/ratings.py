"""Verdicts in figures and grades: "1 star", "9 out of 10", "A+" and "95 %" as marks of what they are worth.

A mark is a word that no person writes. Figures that only count ("9 out of 10 exports fail") stay as they are;
`ratings.toml` says by which words they are known.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self

from jobs.classification.words import packaged

PRAISED, BLAMED, EVEN, EVENT = "verdictgood", "verdictbad", "verdicteven", "badevent"
SIGNS = {PRAISED: 1, BLAMED: -1, EVEN: 0, EVENT: -1}

# From this share of the highest point a rating is even, from that one it praises.
_EVEN_FROM, _GOOD_FROM = 0.45, 0.7
_STARS = 5.0
_MOST, _LEAST = 90, 30  # percent: "95% happy" is "totally happy", "20% happy" is "hardly happy"
_GRADES = {"A": 1.0, "B": 0.8, "C": 0.5}  # below these a grade blames

_SHORT = 3  # "yes" and "was" are no plurals

_UNITS = "zero|one|two|three|four|five|six|seven|eight|nine|ten"
_NUMBER = rf"(?:minus |-)?(?:\d{{1,4}}(?:[.,]\d\d?)?|(?:a )?hundred|(?:{_UNITS})(?: and a half)?)"
_BASE = "(?:5|10|20|100|five|ten|(?:a )?hundred)(?![\\w/%]|[.,]\\d)"


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_OF = _pattern(
    rf"(?<![\w/.])(?<!\d,)({_NUMBER})(?: points?)?(?: ?/ ?| out of | outta | of )({_BASE})"
    r"(?:[ -](?:stars?|points?)\b)?"
)
_LAST_FIRST = _pattern(rf"\bout of ({_BASE}),? (?:[a-z']+ ){{1,4}}?({_NUMBER})(?!\w)")
_NPS = _pattern(r"\bnps(?: (?:is|of|score))?:? (\d\d?)(?![\w%]|[.,]\d)")
_STAR = _pattern(rf"(?<![\w/.])({_NUMBER}|half a|all the|no|negative|minus)[ -](?:[a-z]+ )?stars?\b")
_SCALE = _pattern(rf"\bon a scale (?:of|from) (?:0|1|zero|one) ?(?:to|-) ?({_BASE})")
_ALONE = _pattern(rf"(?<![\w/.%])({_NUMBER})(?![\w/%]|[.,]\d)")
_PLUS_ONE = _pattern(r"^(\+|-|plus|minus) ?(?:\d+|one)(?=$|[,.!]| (?:from|for|on|to|here|again)\b)")
_PERCENT = _pattern(
    rf"(?<![\w.,/])((?:one |a )?hundred|ninety|fifty|zero|\d{{1,4}}(?:[.,]\d)?)(?:[ -]?(?:{_UNITS}))?"
    r"(?: ?%| per ?cent\b)"
)
# A grade is a capital: with a sign, or without one where only a grade can stand.
_SIGNED = re.compile(
    r"(?<![\w'+-])(?:([AB])(?: ?\+{1,3})|([C-F]) ?\+(?!\+)|([A-F])(?: ?-(?![\w-])| (?i:plus|minus)\b)"
    r"|(a)\+)(?![\w+])"
)
_GRADE = re.compile(
    r"(?:^|(?<=[:?] )|\b(?i:an?|graded?(?: it| this)?|solid|gets?|got|gives?|earns?|earned|deserves?) )"
    r"(?:(?i:big|fat|solid|clear|strong) )*([A-F])"
    r"(?=$|[,.!;](?!\w)| (?:from|for|at best|at most|overall|in (?:my|our) (?:book|view|opinion|eyes))\b)"
    r"|\b(?i:straight) ([A-F])s?(?!\w)|\b(?i:grade) ([A-F])\b"
)
_HALVES = _pattern(r"^(?:about )?(?:50|fifty)(?:/| |-)(?:50|fifty)\W*$")
_OPINION = _pattern(r"\b(?:i'd|i would|i'm|i am|we'd|we're|overall)\b")
_HINT = _pattern(rf"\b(?:{_UNITS}|hundred|fifty|ninety|stars?|plus|minus)\b|[0-9]")
_WOULD_BE = _pattern(r"\b(?:would|could|might|should|used to)(?: have)? be(?:en)? (?:an? )?$")
# What is taken off a high mark says why it is not the highest; the mark stands.
_TAKEN_OFF = _pattern(
    r"\b(?:knock(?:ed|ing)?|took|taking|dock(?:ed|ing)?|deduct(?:ed|ing)?|dropp?(?:ed|ing)?|lost|los(?:es|ing))"
    r"(?: (?:off|it))? (?:half an?|an?|one|two|half) (?:stars?|points?|marks?)(?: off)?"
)
_BUT_A_LITTLE = _pattern(
    rf"^((?:\W*{PRAISED}\W*?)),? (?:minus|less|only|just|except|but for|were it not for|if not for)\b.*$"
)
_IF = _pattern(r"\b(?:if|once|when|until|unless)(?:,? [\w']+){1,8},? $")
_IF_AFTER = _pattern(r"^(?: \w+){0,3},? (?:if|when|once|unless|until)\b(?! i could)")
_DENIED = _pattern(
    r"(?:\b(?:not|never|hardly)|n't)(?: (?:an?|worth|even|deserve|really|give|it|this|you)){0,3} $"
)

Mark = Callable[[str, float], str]


class Marked(NamedTuple):
    """A text with marks in it, and what stood there: the sign of each mark and the words as written."""

    text: str
    said: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Ratings:
    """Knows figures and grades that are verdicts."""

    numbers: Mapping[str, float]
    lists: Mapping[str, frozenset[str]] = field(repr=False)

    @classmethod
    def load(cls) -> Self:
        """The packaged word lists, `ratings.toml`."""
        table: dict[str, Any] = packaged.table("ratings.toml")
        numbers = table.pop("numbers")
        return cls(numbers, {name: frozenset(listed.split()) for name, listed in table.items()})

    def marked(self, text: str) -> Marked:
        """The text with a mark for each verdict in it; the same text where there is none."""
        said: list[tuple[int, str]] = []

        def mark(words: str, worth: float) -> str:
            name = BLAMED if worth < _EVEN_FROM else EVEN if worth < _GOOD_FROM else PRAISED
            said.append((SIGNS[name], words.strip(" ,.")))
            return f" {name} "

        text = _TAKEN_OFF.sub(" ", text)
        if _HINT.search(text):
            for rule in (self._of_a_base, self._stars, self._on_a_scale, self._plus_one, self._percent):
                text = rule(text, mark)
        return Marked(_BUT_A_LITTLE.sub(r"\1", self._grades(text, mark)), tuple(said))

    def _of_a_base(self, text: str, mark: Mark) -> str:
        """Points: "9/10", "4 out of 5", "out of ten I'd say nine"."""
        text = _OF.sub(lambda found: self._put(found, self._share(found[1], found[2]), mark), text)
        text = _NPS.sub(lambda found: mark(found[0], self._share(found[1], "10")), text)
        return _LAST_FIRST.sub(lambda found: mark(found[0], self._share(found[2], found[1])), text)

    def _stars(self, text: str, mark: Mark) -> str:
        """Stars: "5 stars", "zero stars", "one-star service"."""

        def put(found: re.Match[str]) -> str:
            owned = _last_word(found) in self.lists["owned"]
            if _first_word(found) in self.lists["has_stars"]:
                return " "
            return found[0] if owned else self._put(found, self._number(found[1]) / _STARS, mark)

        return _STAR.sub(put, text)

    def _on_a_scale(self, text: str, mark: Mark) -> str:
        """A figure beside its scale: "a 2 on a scale of 1 to 10"."""
        scale = _SCALE.search(text)
        rest = _SCALE.sub(" ", text)
        if not scale or len(_ALONE.findall(rest)) != 1:
            return text
        return _ALONE.sub(lambda found: mark(found[0], self._share(found[1], scale[1])), rest)

    def _plus_one(self, text: str, mark: Mark) -> str:
        """A vote at the start: "+1", "minus one"."""
        return _PLUS_ONE.sub(lambda found: mark(found[0], found[1].lower() in {"+", "plus"}), text)

    def _percent(self, text: str, mark: Mark) -> str:
        """A share alone or of satisfaction, "95%"; before another word it is "totally", "hardly" or "no"."""
        text = _HALVES.sub(lambda found: mark(found[0], _EVEN_FROM), text)
        about = not self.lists["share_of"].isdisjoint(re.findall("[a-z]+", text.lower()))

        def put(found: re.Match[str]) -> str:
            amount = self._number(found[1])
            after = _first_word(found)
            alone = not found.string[: found.start()].strip() and found.string[found.end() :].startswith(",")
            opinion = about or alone or (not after and _OPINION.search(text))
            if (_last_word(found) in {"by", "at"} and not opinion) or after in {"of", "off", "discount"}:
                return found[0]
            if after in self.lists["share_is"]:
                if _LEAST < amount < _MOST:
                    return mark(found[0], amount / 100)
                return "totally" if amount >= _MOST else "hardly"
            if opinion or not found.string.replace(found[0], "").strip(" .!"):
                return mark(found[0], amount / 100)
            if after and amount >= _MOST:
                return "totally"
            return "no" if after and not amount else found[0]

        return _PERCENT.sub(put, text)

    def _grades(self, text: str, mark: Mark) -> str:
        """Grades: "A+", "gets a D", "Grade: F"."""

        def put(found: re.Match[str]) -> str:
            letter = next(filter(None, found.groups())).upper()
            return self._put(found, _GRADES.get(letter, 0.0), mark)

        return _GRADE.sub(put, _SIGNED.sub(put, text))

    def _put(self, found: re.Match[str], worth: float, mark: Mark) -> str:
        """A mark for what was found; the words as they are where they are no verdict."""
        lists, after = self.lists, _first_word(found)
        plural = after.endswith("s") and len(after) > _SHORT and after not in lists["no_plural"]
        if plural or after in lists["no_rating_before"] or _last_word(found) in lists["no_rating_after"]:
            return found[0]
        before = found.string[: found.start()]
        if worth >= _GOOD_FROM and (_IF.search(before) or _IF_AFTER.search(found.string[found.end() :])):
            return " "
        if _WOULD_BE.search(before) or not lists["no_rating_with"].isdisjoint(found.string.lower().split()):
            return " "
        if worth >= _GOOD_FROM and _DENIED.search(before):
            return mark(found[0], 0.0)
        return mark(found[0], worth)

    def _share(self, points: str, base: str) -> float:
        return self._number(points) / self._number(base)

    def _number(self, words: str) -> float:
        """What a number in words or figures is; below 0 after a minus."""
        words, half, _ = words.lower().replace(",", ".").partition(" and a half")
        bare = words.removeprefix("minus ").lstrip("- ")
        value = self.numbers[bare] if bare in self.numbers else float(bare)
        value += 0.5 * bool(half)
        return value if bare == words else -value


def _last_word(found: re.Match[str]) -> str:
    """The word before what was found, "" where there is none."""
    before = re.search(r"([a-z]+) $", found.string[: found.start()], re.IGNORECASE)
    return before[1].lower() if before else ""


def _first_word(found: re.Match[str]) -> str:
    """The word after what was found, "" where there is none."""
    after = re.match(r"[ -]([a-z]+)", found.string[found.end() :], re.IGNORECASE)
    return after[1].lower() if after else ""
