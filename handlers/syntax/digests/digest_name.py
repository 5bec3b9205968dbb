"""The product in the words of `/pulse digest`, without what people say around its name."""

from collections.abc import Sequence

from handlers.syntax.clauses import refuse_plain_channel
from handlers.syntax.product_name import POLITE, read_product, read_subject, spoken_name
from handlers.syntax.syntax_error import CommandSyntaxError, form
from handlers.syntax.typed_words import Word, joined, without_marks
from jobs.cadence import quoted
from jobs.messages.digest_setup.digest_draft import MOST_SOURCES
from jobs.messages.wording.escaping import typed_name

COMMAND = "/pulse digest"
_WEEKLY = "weekly mon 09:00 Europe/Berlin"
_WISHES = {
    "i", "i'd", "i'll", "we", "we'd", "want", "need", "would", "like", "give", "get", "can", "could",
    "you", "let's", "have", "make", "me", "us", "a", "an", "the", "my", "our", "one", "new", "weekly",
    "daily", "monthly", "set", "up", "setup", "create", "start", "please"
}  # fmt: skip
_ASKERS = {
    "give", "i", "i'd", "we", "want", "need", "get", "can", "could", "you", "me", "us"
}  # fmt: skip
_DIGESTS = frozenset({"digest", "summary", "report", "newsletter"})
_BEFORE = frozenset({"for", "of", "on", "about", "regarding", "concerning", "re"})
_MOVES = frozenset({"move", "put", "shift", "reschedule"})
_POSTED = {
    "post", "posts", "posted", "posting", "send", "sent", "publish", "published", "show", "shown",
    "go", "goes"
}  # fmt: skip
_TO = frozenset({"in", "to", "into", "inside", "within"})
_OPEN = _TO | _BEFORE | {
    "at", "by", "with", "without", "from", "until", "till", "using", "reading", "via", "and", "or",
    "&", "+", "plus", "minus", "except", "add", "off", "now"
}  # fmt: skip
_ASKS = {
    "when", "when's", "where", "where's", "who", "who's", "which", "why", "is", "are", "does", "do",
    "did", "will"
}  # fmt: skip
_THANKS = POLITE | {"thx", "ty", "cheers", "kindly"}
_HERE = (
    ["right", "here"], ["in", "here"], ["over", "here"], ["for", "me"], ["for", "us"], ["thank", "you"],
    *([to, one, "channel"] for to in ("in", "to", "for", "into") for one in ("this", "the", "our")),
    ["here"],
)  # fmt: skip
_RENAMES = frozenset({"rename", "merge"})
_CHANGES = frozenset({"change", "edit", "update"})


def take_place(words: Sequence[Word]) -> tuple[str | None, list[Word]]:
    """The channel where a digest is to be posted, as in "Atlas in #atlas", and the other words."""
    for place, word in enumerate(words):
        if not word.channel or not place or words[place - 1].key not in _TO:
            continue
        before = list(words[: place - 1])
        while len(before) > 1 and before[-1].key in _POSTED and before[-1].text.islower():
            before.pop()
        return word.channel, [*before, *words[place + 1 :]]
    return None, list(words)


def is_question(words: Sequence[Word]) -> bool:
    """Whether somebody asks about a digest: "when does Atlas come?"; a name has capitals: "When I Work"."""
    keys = [word.key for word in words]
    small = len(words) == 1 or any(word.text[:1].islower() for word in words[1:])
    return bool(keys) and keys[0] in _ASKS and (small or words[-1].text.endswith("?"))


def refuse_rename(words: Sequence[Word]) -> None:
    """Refuse "rename Atlas to Beacon" with the command that does it; raises CommandSyntaxError."""
    said = [word for word in words if word.key not in _THANKS | _DIGESTS | {"the", "product", "name", "it"}]
    keys = [word.key if _is_small(word) else "" for word in said]
    place = next((place for place, key in enumerate(keys) if key in _RENAMES), None)
    if place is None and (keys[:1] == ["call"] or (keys[:1] and keys[0] in _CHANGES and "to" in keys)):
        place = 0
    if place is None:
        return
    verb, between = ("merge", "into") if keys[place] == "merge" else ("rename", "to")
    names = said[:place] + said[place + 1 :]
    cut = next((at for at, word in enumerate(names) if word.key in {"to", "as", "into", "with"}), 0)
    old, new = (spoken_name(part) for part in (names[:cut], names[cut + 1 :]))
    right = f"{verb} {typed_name(old)} {between} {typed_name(new)}" if old and new else ""
    problem = "The name of a product is changed by another command."
    raise CommandSyntaxError(problem, f"/pulse products {right}".strip())


def only_name(words: Sequence[Word]) -> list[Word]:
    """The words of a name: without the wish before it, thanks after it, and that it is posted here."""
    kept = list(without_marks(words)) or list(words)
    noun = next((place for place, word in enumerate(kept) if word.key in _DIGESTS), None)
    if noun is not None and all(word.key in _WISHES and _is_small(word) for word in kept[:noun]):
        kept = kept[noun + 1 :]
    if len(kept) == 1 and kept[0].key in _MOVES and _is_small(kept[0]):
        return []
    while len(kept) > 1 and _is_small(kept[0]) and kept[0].key in _BEFORE | _THANKS | _MOVES | _ASKERS:
        if kept[0].key in _MOVES and kept[-1].key == "to":
            kept = kept[:-1]
        kept = kept[1:]
    while ends := next((said for said in [*_HERE, *([word] for word in _THANKS)] if _ends(kept, said)), None):
        kept = kept[: -len(ends)]
    return kept


def product_name(words: Sequence[Word]) -> str:
    """The name that is typed; raises CommandSyntaxError, whose form has the name and is taken as it is."""
    nearest = f"{COMMAND} Atlas {_WEEKLY}"
    refuse_plain_channel(words, nearest)
    named = [word for word in words if not word.channel]
    channels = [word.text for word in words if word.channel]
    end = len(named)
    while end > 1 and named[end - 1].key in _OPEN and _is_small(named[end - 1]):
        end -= 1
    with form(nearest):
        name = read_subject(spoken_name(named[:end])) if named or not channels else "Atlas"
        said = typed_name(read_product(name)) if channels or end < len(named) else ""
    if channels and any(word.key in {"off", "now"} for word in named[end:]):
        raise CommandSyntaxError("A digest is ended or posted in its own channel.", f"{COMMAND} show")
    if channels:
        right = " ".join([COMMAND, said, "from", *channels[:MOST_SOURCES]])
        raise CommandSyntaxError('Channels to read from stand after "from".', right)
    if end < len(named):
        last = quoted(joined(named[end:]))
        problem = f"Something is missing after {last}; a name that ends with it stands in quotes."
        raise CommandSyntaxError(problem, f"{COMMAND} {said} setup")
    with form(nearest):
        return read_product(name)


def _is_small(word: Word) -> bool:
    return not word.quoted and not word.channel and not word.text[:1].isupper()


def _ends(words: Sequence[Word], said: Sequence[str]) -> bool:
    return len(words) > len(said) and [word.key for word in words[-len(said) :]] == list(said)
