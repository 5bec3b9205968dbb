"""How much of a contrast a digest tells: all of it, or less, so that it is read in 20 seconds."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jobs.contrast import Contrast
from jobs.contrast.build import MOST_USERS
from jobs.contrast.outlook import COMING
from jobs.messages.layout.blocks import Block, Message
from jobs.messages.wording.voice import Voice
from jobs.privacy.progress_rule import Stage

MOST_WORDS = 94
_IT = "it"
_WORDS_OF_NAME = 4  # at most, of a product in a title that is cut
_TOKEN = re.compile(r"<[^<>|]*\|([^<>]*)>|<[^<>]*>")  # a link or a date shows its words, a channel one word
_UNREAD = {"context", "actions", "image"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What a digest tells of a contrast.

    The title has the product's `name`; what stands below it says the product of the `contrast`, which may be
    "it". `figures` says of how many products that the title does not have the users are told in numbers,
    `topics` that what is most written about is told, `remedy` that it is told what to do about channels that
    are lost. `more` says that a score which stands here is not the only one, and `unsaid` of how many
    questions it is left out what they wait for.
    """

    contrast: Contrast
    name: str
    figures: int = MOST_USERS
    topics: bool = True
    remedy: bool = True
    more: bool = False
    unsaid: int = 0

    @property
    def titled(self) -> Contrast:
        """The contrast under the name that its title has."""
        return replace(self.contrast, product=self.name)

    def left_out(self, voice: Voice) -> str:
        """That more waits than is said here, and where that stands; empty where all is said."""
        if not self.unsaid:
            return ""
        which = "1 more question waits" if self.unsaid == 1 else f"{self.unsaid} more questions wait"
        return f"{which}: {voice.code('/pulse list')}{'.' if voice.aloud else ''}"


def fitting(tell: Callable[[Telling], Message], contrast: Contrast, *, quiet: bool = False) -> Message:
    """The fullest message with at most 94 words above the thread, of those that `tell` can make.

    The quote is the last to be let in: so an erased one moves nothing else. In a `quiet` week what comes next
    is the news: of several questions that wait one is told, and all that are open.
    """
    for telling in _shorter(replace(contrast, quote=None), quiet=quiet):
        made = tell(telling)
        if words_read(made["blocks"]) <= MOST_WORDS:
            break
    if contrast.quote is None:
        return made
    quoted = tell(replace(telling, contrast=replace(telling.contrast, quote=contrast.quote)))
    return quoted if words_read(quoted["blocks"]) <= MOST_WORDS else made


def words_read(blocks: Sequence[Block]) -> int:
    """How many words people see in a message, as Slack shows it, but for small print and buttons.

    The line above a quotation is no small print.
    """
    return sum(len(text.split()) for text in _texts(blocks))


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block, following in zip(blocks, [*blocks[1:], {}], strict=True):
        above_quote = block["type"] == "context" and following.get("type") == "rich_text"
        if block["type"] not in _UNREAD or above_quote:
            yield from map(_as_seen, _texts_of(block))


def _texts_of(part: Any) -> Iterator[str]:
    """All texts of a block, however deep they stand."""
    if isinstance(part, list):
        for each in part:
            yield from _texts_of(each)
    elif isinstance(part, dict) and isinstance(part.get("text"), str):
        yield part["text"]
    elif isinstance(part, dict):
        yield from _texts_of(list(part.values()))


def _as_seen(text: str) -> str:
    return _TOKEN.sub(lambda token: token[1] or "#channel", text)


def _shorter(contrast: Contrast, *, quiet: bool) -> Iterator[Telling]:
    """The contrast told whole, and then with one thing less each time.

    First what is said elsewhere: the name, which the title has; other scores and topics, which the thread
    has; how a channel comes back, which its lead was told. Then what questions wait for, which `/pulse list`
    says; last a part of each name.
    """
    told = Telling(contrast=contrast, name=contrast.product)
    yield told
    if len(told.name.split()) > 1:
        told = replace(told, contrast=replace(contrast, product=_IT))
        yield told
    others = contrast.others
    fewest = 1 if contrast.only_others else 0  # there they are the news
    for many in range(len(others) - 1, fewest - 1, -1) if fewest else [0]:
        told = replace(told, contrast=replace(told.contrast, others=others[:many]), more=bool(fewest))
        yield told
    told = replace(told, topics=False)
    yield told
    for many in range(len(contrast.beside) - 1, -1, -1):
        told = replace(told, figures=many)
        yield told
    told = replace(told, remedy=False)
    yield told
    for beside_a_score in (1,) if quiet else (1, 0):
        told = _with_fewer_waits(told, contrast, beside_a_score, quiet=quiet)
        yield told
    names = [told.name, *(side.about for side in contrast.sides)]
    for most in range(_WORDS_OF_NAME, 0, -1):
        if any(len(name.split()) > most for name in names):
            sides = [replace(side, about=_cut(side.about, most)) for side in told.contrast.sides]
            yield replace(told, name=_cut(told.name, most), contrast=told.contrast.with_sides(sides))


def _cut(name: str, most: int) -> str:
    """A name of at most so many words."""
    words = name.split()
    return name if len(words) <= most else f"{' '.join(words[:most])}…"


def _with_fewer_waits(told: Telling, contrast: Contrast, beside_a_score: int, *, quiet: bool) -> Telling:
    """The same, telling of each side at most one question that waits, or so many `beside_a_score`."""
    kept = []
    for side in contrast.sides:
        always = COMING if quiet else (Stage.WITHDRAWN,)
        news = [each for each in side.progress if each.stage in always]
        rest = [each for each in side.progress if each.stage not in always]
        room = (beside_a_score if side.is_shown else 1) - len(news)
        kept.append(replace(side, progress=(*news, *rest[: max(room, 0)])))
    many, left = (sum(len(side.progress) for side in each) for each in (contrast.sides, kept))
    return replace(told, contrast=told.contrast.with_sides(kept), unsaid=many - left)
