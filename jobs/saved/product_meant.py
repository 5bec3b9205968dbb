"""Which product somebody talks about in passing: the one they name, or the only one of the channel."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from jobs.permissions.known_names import products_near
from jobs.permissions.requester import Requester
from jobs.permissions.scope import scope
from jobs.saved.offer_products import may_choose
from jobs.slack.directory import Directory
from storage.records import Product
from storage.records.name_folding import fold
from storage.store import Store


class Named(Protocol):
    """A name in what was said, and what is left of it without the name; a colon stands behind the name."""

    @property
    def name(self) -> str:
        """The name."""

    @property
    def text(self) -> str:
        """The rest."""

    @property
    def colon(self) -> bool:
        """Whether it is most likely a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """The product with the words about it; where it is not sure, the names that may be meant.

    `text` is what is said about `product` or about one of the `maybe`; about one of those spoken of `here`
    everything is said as it was typed. Nothing of all that is given where no product is near.
    """

    text: str
    product: Product | None = None
    maybe: tuple[str, ...] = ()
    here: tuple[str, ...] = ()


async def product_meant(
    store: Store,
    directory: Directory,
    requester: Requester,
    text: str,
    *,
    about: Named | None,
    guesses: Sequence[Named],
) -> Meant:
    """What is said about which product. `about` was named plainly, the `guesses` may be names.

    A guess is taken as it is only where it is spelt as the product is, so that "about time you fixed it" is
    not said about a product called Time; else it is asked for. So it is where a name is no product, or none
    that the requester may know of: with a colon behind it, or written as names are.
    """
    named = [about] if about else list(guesses)
    for each in named:
        found = await store.products.find(requester.team_id, each.name)
        if found and await may_choose(store, directory, requester, found):
            if about or each.colon or each.name == found.name:
                return Meant(text=each.text, product=found)
            here = await _here(store, directory, requester)
            return Meant(text=each.text, maybe=(found.name,), here=here)
    here = await _here(store, directory, requester)
    for each in named:
        near = await _near(store, directory, requester, each.name)
        if near and not (near == here and not each.colon and _holds(each.name, here[0])):
            return Meant(text=each.text, maybe=near, here=here)
    if len(here) == 1 and not any(_is_other(each, text, here[0]) for each in named):
        return Meant(text=text, product=await store.products.find(requester.team_id, here[0]))
    return Meant(text=text, here=here)


async def _near(store: Store, directory: Directory, requester: Requester, name: str) -> tuple[str, ...]:
    near = await products_near(store, directory, requester, name)
    return tuple([each.name for each in near if await may_choose(store, directory, requester, each)])


def _is_other(named: Named, text: str, here: str) -> bool:
    """Whether something most likely is the name of another thing than the product spoken of here."""
    if named.colon:
        return True
    as_names_are = all(word[0].isupper() or word[0].isdigit() for word in named.name.split())
    return as_names_are and named.text not in {"", text} and not _holds(named.name, here)


def _holds(words: str, name: str) -> bool:
    """Whether a name stands in words: "the Atlas page" is no other spelling of Atlas."""
    return f" {fold(name)} " in f" {fold(words)} "


async def _here(store: Store, directory: Directory, requester: Requester) -> tuple[str, ...]:
    if not requester.channel_id or requester.channel_id.startswith("D"):
        return ()
    found = await scope(store, directory, team_id=requester.team_id, channel_id=requester.channel_id)
    return tuple(each.name for each in found.products)
