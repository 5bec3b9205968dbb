"""The user sides of an organisation: those of every product that is asked about where its digest reads."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from jobs.contrast import SideInput, UsersOf
from jobs.contrast.side import speaking
from jobs.figures.gather_rounds import AskedRounds, Topic
from storage.records import AskedIn, Lens, Product
from storage.store import Store


class SideReader(Protocol):
    """How sides are read, of which channels and after which edition (`load_contrast`)."""

    @property
    def store(self) -> Store:
        """The database."""

    @property
    def team_id(self) -> str:
        """The workspace."""

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels that are read."""

    @property
    def lost(self) -> Collection[str]:
        """Those of which only what was shown before is known."""

    def told_last(self, lens: Lens, product_id: str | None = None) -> Mapping[str, object]:
        """What the edition has kept of a side, or of the users of a product."""

    async def asked(self, product: Product) -> AskedRounds:
        """What was asked about a product, and its rounds."""

    async def side(
        self, product: Product, lens: Lens, topic: Topic | None, asked: AskedRounds, *, beside: bool = False
    ) -> SideInput:
        """A side of a product."""

    async def askings(self, product: Product) -> list[AskedIn]:
        """When each side was asked lately, and who."""


async def user_sides(
    read: SideReader, product: Product, own: SideInput
) -> tuple[list[UsersOf], list[AskedRounds]]:
    """The user sides of an organisation, one a product, and what those of other products are made of.

    Of other products only what speaks for their users is read; the rest stands in their own digests.
    """
    users, theirs = list[UsersOf](), list[AskedRounds]()
    for other in await read.store.products.in_channels(read.team_id, (*read.channels, *read.lost)):
        if other.id == product.id:
            continue
        asked, told = await read.asked(other), read.told_last(Lens.UX, other.id)
        spoke = speaking(Lens.UX, (each.question for each in asked.questions), str(told.get("instrument")))
        if spoke is None:
            continue
        topic = Topic.of(spoke)
        asked = _only(asked, topic)
        given = await read.side(other, Lens.UX, topic, asked, beside=True)
        askings = tuple(await read.askings(other))
        users.append(UsersOf(product_id=other.id, name=other.name, given=given, askings=askings))
        theirs.append(asked)
    if users and own.instrument:
        users.append(UsersOf(product_id=product.id, name=product.name, given=own))
    return users, theirs


def joined(asked: AskedRounds, theirs: Sequence[AskedRounds]) -> AskedRounds:
    """What was asked about a product, with what was asked of the users of others."""
    every = [asked, *theirs]
    return replace(
        asked,
        questions=tuple(question for each in every for question in each.questions),
        rounds=tuple(one for each in every for one in each.rounds),
        older={question: old for each in every for question, old in each.older.items()},
    )


def _only(asked: AskedRounds, topic: Topic) -> AskedRounds:
    """What one figure is about."""
    return replace(
        asked,
        questions=tuple(asked.questions_of(topic)),
        rounds=tuple(asked.rounds_of(topic)),
        older={question: old for question, old in asked.older.items() if Topic.of(question) == topic},
    )
