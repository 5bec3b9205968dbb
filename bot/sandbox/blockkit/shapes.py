"""The little language in which the limits of Block Kit are written down.

A shape says what one JSON value may be. `check(value, at)` gives the problems of a value that
stands at the JSON pointer `at`; the wording follows Slack's own `response_metadata.messages`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that Slack would refuse: where (a JSON pointer) and why."""

    pointer: str
    message: str

    def __str__(self) -> str:
        return f"{self.message} [json-pointer:{self.pointer}]"


class Shape(Protocol):
    """What a value may be."""

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        """The problems of `value`, none when it fits."""


Law = Callable[[dict[str, Any], str], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class Words:
    """A string of `least` to `most` characters."""

    most: int
    least: int = 1

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        """Length is counted in code points, as Slack does for what is not an emoji."""
        if not isinstance(value, str):
            yield Problem(at, "must be a string")
        elif len(value) > self.most:
            yield Problem(at, f"must be less than {self.most + 1} characters")
        elif len(value) < self.least:
            yield Problem(at, f"must be more than {self.least - 1} characters")


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        """Strings and numbers are no booleans."""
        if not isinstance(value, bool):
            yield Problem(at, "must be a boolean")


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `least` to `most`."""

    least: int
    most: int

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        """A boolean is no number here."""
        if not isinstance(value, int) or isinstance(value, bool):
            yield Problem(at, "must be an integer")
        elif not self.least <= value <= self.most:
            yield Problem(at, f"must be between {self.least} and {self.most}")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    words: Sequence[str]

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        """The words are given in the problem."""
        if value not in self.words:
            yield Problem(at, f"must be one of: {', '.join(self.words)}")


@dataclass(frozen=True, slots=True)
class Many:
    """A list of `least` to `most` values of one shape; `gaps` lets null stand for one."""

    item: Shape
    most: int
    least: int = 1
    gaps: bool = False

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        """Problems of the list itself, then of each item."""
        if not isinstance(value, list):
            yield Problem(at, "must be an array")
            return
        if len(value) > self.most:
            yield Problem(at, f"no more than {self.most} items allowed")
        if len(value) < self.least:
            yield Problem(at, f"no fewer than {self.least} items allowed")
        for place, item in enumerate(value):
            if not (item is None and self.gaps):
                yield from self.item.check(item, f"{at}/{place}")


@dataclass(frozen=True, slots=True)
class Object:
    """An object with exactly these keys. `type` is the word under "type", None for objects that have none."""

    type: str | None
    required: Mapping[str, Shape]
    optional: Mapping[str, Shape] = field(default_factory=dict)
    laws: Sequence[Law] = ()

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        """Keys first; the laws, which relate keys to each other, only when every key fits."""
        if not isinstance(value, dict):
            yield Problem(at, "must be an object")
            return
        problems = list(self._keys(value, at))
        yield from problems
        for law in () if problems else self.laws:
            yield from law(value, at)

    def _keys(self, value: dict[str, Any], at: str) -> Iterator[Problem]:
        if self.type is not None and value.get("type") != self.type:
            yield Problem(f"{at}/type", f"must be {self.type}")
        for key in self.required:
            if key not in value:
                yield Problem(at, f"missing required field: {key}")
        known = {**self.required, **self.optional}
        for key, part in value.items():
            if key in known:
                yield from known[key].check(part, f"{at}/{key}")
            elif key != "type" or self.type is None:
                yield Problem(at, f"invalid additional property: {key}")


@dataclass(frozen=True, slots=True)
class OneOf:
    """An object whose "type" picks the shape. `where` completes the sentence about others."""

    shapes: Mapping[str, Object]
    where: str

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        """A type that is not among the shapes is refused by name."""
        if not isinstance(value, dict):
            yield Problem(at, "must be an object")
            return
        kind = value.get("type")
        if not isinstance(kind, str) or kind not in self.shapes:
            yield Problem(f"{at}/type", f"unsupported type: {kind} {self.where}".strip())
        else:
            yield from self.shapes[kind].check(value, at)


def by_type(*shapes: Object, where: str = "") -> OneOf:
    """The shapes, keyed by their own type."""
    return OneOf({shape.type or "": shape for shape in shapes}, where)
