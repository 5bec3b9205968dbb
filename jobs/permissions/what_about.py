"""What a typed question is about: a product, or words for the question and the product that they belong to.

`ask csat about the support you just received` asks about the channel's only product, in these words.
"""

import re
from typing import NamedTuple

from jobs.messages.wording import naming_words
from jobs.permissions.known_names import may_know
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.permissions.scope import scope
from jobs.slack.directory import Directory
from storage.records import Product
from storage.records.name_folding import fold
from storage.store import Store

_OURS = frozenset({"your", "my", "this", "these", "those", "how", "what", "his", "her", "their"})
_ARTICLES = frozenset({"the", "a", "an", "our", "that", "its"})
_LITTLE = _OURS | _ARTICLES | {
    "you", "we", "us", "i", "with", "of", "from", "to", "in", "on", "for", "at", "by", "and", "just", "was",
    "were", "is", "are", "last", "today", "yesterday",
}  # fmt: skip
_TAILS = frozenset({"now", "here", "please", "thanks", "today"})
_EMOJI = re.compile(r":[a-z0-9_+'-]+:")  # as Slack sends one that is typed
_PLACE = re.compile(
    r"[\s,]+(?:(?:in|to|for) (?:this|the|our) channel|(?:in|over) here|right (?:now|away))$", re.IGNORECASE
)  # at the end of a sentence these say where and when it is asked, not about what
_WHOLE = 4  # words in small letters, one of them a little one, are no name
NEEDS_WORDS = frozenset({"seq", "ces"})


class About(NamedTuple):
    """The product's name as it was typed or is known, and the words in the question; empty for its name."""

    product: str
    subject: str = ""


class WrongSubject(Refused):
    """Raised where a question asks about a task or a service and a product was named."""


def is_phrase(text: str) -> bool:
    """Whether words are plainly no name: "the support you just received", "your last order".

    They begin with an article or "your" and go on in small letters, or are four or more in small letters with
    a little word among them. What is not plain is taken for a name, which is asked about before it is used.
    """
    first, *others = text.split() or [""]
    small = all(word[:1].islower() or not word[:1].isalpha() for word in others)
    if not others or not small:
        return False
    lead, rest = first.casefold(), {word.strip(",").casefold() for word in others}
    if lead in _OURS or (lead in _ARTICLES and len(others) > 1):
        return True
    return first[:1].islower() and len(others) + 1 >= _WHOLE and bool(rest & _LITTLE)


def may_be_phrase(text: str) -> bool:
    """Whether words are a phrase where one product is asked about, and else may be a name: "the support"."""
    return is_phrase(f"{text} x") and not is_phrase(text)


def is_task(text: str) -> bool:
    """Whether words may be a task: at least two, and not all of them written like names."""
    words = text.split()
    return len(words) > 1 and any(word[:1].islower() for word in words)


def is_service(text: str) -> bool:
    """Whether words may be a service: "the support", "our helpdesk"."""
    first, *others = text.split() or [""]
    return bool(others) and first in _OURS | _ARTICLES


async def what_about(
    store: Store, directory: Directory, requester: Requester, typed: str, *, instrument: str, quoted: bool
) -> About:
    """The product and the words of what was typed after "about"; in quotes it is a name, for SEQ a task.

    "Atlas: send an invoice" names both. The product may still be unknown. Raises WrongSubject, and Refused
    where words stand for no product or for more than one; both offer a command that works as it is.
    """
    if await _is_known(store, directory, requester, typed):
        return _of_product(About(typed), instrument)
    if not quoted and (bare := _PLACE.sub("", typed).strip()) not in {"", typed}:
        return await what_about(store, directory, requester, bare, instrument=instrument, quoted=quoted)
    if (both := await _both_said(store, directory, requester, typed, instrument)) is not None:
        return both
    *first, last = typed.split()
    if first and not quoted and last.casefold() in _TAILS:
        return await what_about(
            store, directory, requester, " ".join(first), instrument=instrument, quoted=quoted
        )
    if quoted and instrument != "seq":
        return _of_product(About(typed), instrument)
    return await _in_words(store, directory, requester, typed, instrument=instrument)


async def _both_said(
    store: Store, directory: Directory, requester: Requester, typed: str, instrument: str
) -> About | None:
    """The product and the words of "Atlas: send an invoice"; with a comma only after a name that is known."""
    if _EMOJI.search(typed):
        return None
    for between in (":", ","):
        head, _, tail = (part.strip() for part in typed.partition(between))
        if not head or not tail or tail.split()[0].casefold() == "about":
            continue
        words = instrument in NEEDS_WORDS or is_phrase(tail)
        known = await _is_known(store, directory, requester, head)
        if (words or known) if between == ":" else (words and known):
            return _of_product(About(head, "" if fold(head) == fold(tail) else tail), instrument)
    return None


async def _in_words(
    store: Store, directory: Directory, requester: Requester, typed: str, *, instrument: str
) -> About:
    named = await _named_in(store, directory, requester, typed)
    bare = " ".join(_without(typed, named.name).split()) if named else typed
    if named and bare.casefold() in _ARTICLES | _OURS:
        return _of_product(About(typed), instrument)  # "the Beacon": Beacon is offered before it is asked
    in_words = (
        is_phrase(bare)
        or (named and is_phrase(f"{bare} x"))
        or (instrument == "seq" and is_task(typed))
        or (instrument == "ces" and is_service(typed))
    )
    if named and (in_words or (instrument == "ces" and is_task(typed))):
        return About(named.name, typed)
    if not in_words and not may_be_phrase(typed):
        return _of_product(About(typed), instrument)
    here = await scope(store, directory, team_id=requester.team_id, channel_id=requester.channel_id)
    if len(here.products) == 1:
        return About(here.products[0].name, typed)
    if not in_words:
        return _of_product(About(typed), instrument)
    example = here.products[0].name if here.products else "Atlas"
    raise Refused(naming_words.say_product(instrument, example, typed, several=bool(here.products)))


def _of_product(about: About, instrument: str) -> About:
    if instrument in NEEDS_WORDS and not about.subject:
        raise WrongSubject(naming_words.wrong_subject(instrument, about.product))
    return about


async def _is_known(store: Store, directory: Directory, requester: Requester, name: str) -> bool:
    found = await store.products.find(requester.team_id, name)
    return found is not None and await may_know(store, directory, requester, found)


async def _named_in(store: Store, directory: Directory, requester: Requester, typed: str) -> Product | None:
    """The longest known product whose name stands in words, as a word of its own."""
    found = await store.products.everywhere(requester.team_id)
    for product in sorted(found, key=lambda each: -len(each.name)):
        if _without(typed, product.name) != typed and await may_know(store, directory, requester, product):
            return product
    return None


def _without(text: str, name: str) -> str:
    key = fold(name)
    return re.sub(rf"(?<!\w){re.escape(key)}(?!\w)", " ", text, flags=re.IGNORECASE) if key else text
