"""The people of the demo, what they write, and how each question turns out, read from cast.toml."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

CAST = Path(__file__).with_name("cast.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody of the cast: where they are, and what they write in which week.

    One who `quotes` ticks that the digest may quote it. The `visitor` answers nothing: whoever opens the page
    takes this place.
    """

    name: str
    lead: bool = False
    customer: bool = False
    user: bool = False
    visitor: bool = False
    quotes: bool = False
    says: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everybody, in the order in which they are written, and the outcomes of the questions by week.

    `nps` and `csat` say how many people choose each class or point from the lowest up, `umux` the mean score.
    `northwind` says the same as `nps` of the whole organisation, `beacon` as `umux` of its other product.
    """

    person: list[Member]
    nps: dict[int, tuple[int, int, int]]
    csat: dict[int, tuple[int, int, int, int, int]]
    umux: dict[int, float]
    northwind: dict[int, tuple[int, int, int]]
    beacon: dict[int, float]


def read_cast() -> Cast:
    """The cast as it stands in cast.toml."""
    return TypeAdapter(Cast).validate_python(tomllib.loads(CAST.read_text("utf-8")))
