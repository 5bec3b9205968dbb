"""The people of the demo and what they will say, read from cast.toml."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

CAST = Path(__file__).with_name("cast.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody of the cast: where they are, and what they answer when they are asked."""

    name: str
    lead: bool = False
    customer: bool = False
    user: bool = False
    nps: int | None = None
    nps_again: int | None = None
    why: str | None = None
    quote: bool = False
    csat: int | None = None
    umux: tuple[int, int] | None = None
    umux_why: str | None = None
    umux_again: tuple[int, int] | None = None


def cast() -> list[Member]:
    """Everybody, in the order in which they are written."""
    return TypeAdapter(list[Member]).validate_python(tomllib.loads(CAST.read_text("utf-8"))["person"])
