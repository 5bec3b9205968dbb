"""The channels in the words of `/pulse digest`: those that a digest reads, reads too, or reads no more."""

from collections.abc import Sequence

from handlers.syntax.clauses import refuse_plain_channel
from handlers.syntax.digests.digest_name import COMMAND, only_name
from handlers.syntax.product_name import InvalidName, read_subject
from handlers.syntax.schedule_start import schedule_start
from handlers.syntax.syntax_error import CommandSyntaxError, form
from handlers.syntax.typed_words import Word, joined
from jobs.cadence import quoted
from jobs.messages.wording.escaping import typed_name

_AND = frozenset({"and", "&", "+", ""})
_ADDS = frozenset({"add", "plus"})
_DROPS = frozenset({"remove", "delete", "drop", "without", "minus", "except"})
_TO_IT = frozenset({"to", "from", "of", "in", "for", "about", "the"})
_LITTLE = frozenset({"please", "pls", "thanks", "it", "this", "my", "our", "digest"})


def change_of_sources(words: Sequence[Word]) -> tuple[str | None, tuple[str, ...], tuple[str, ...]] | None:
    """The product, the channels added and those dropped in "add #users" or "remove #users from Atlas".

    None where no channel is added or dropped; raises CommandSyntaxError.
    """
    for place, word in enumerate(words[:-1]):
        if word.key in _ADDS | _DROPS and words[place + 1].channel:
            return _changed(word.key, [*words[:place], *words[place + 1 :]])
    return None


def _changed(typed: str, words: list[Word]) -> tuple[str | None, tuple[str, ...], tuple[str, ...]]:
    named = [word for word in words if not word.channel and word.key not in _TO_IT | _AND | _LITTLE]
    with form(f"{COMMAND} edit"):
        product = read_subject(joined(only_name(named))) if named else None
        if schedule_start(named) < len(named):
            raise InvalidName(f'"{typed}" and a schedule do not go together.')
    read = tuple(dict.fromkeys(word.channel for word in words if word.channel))
    return (product, read, ()) if typed in _ADDS else (product, (), read)


def read_sources(words: Sequence[Word], product: str | None) -> tuple[str, ...]:
    """The channels after "from"; raises CommandSyntaxError, which offers the form where they are chosen."""
    choose = f"{COMMAND} {typed_name(product)} setup" if product else f"{COMMAND} setup"
    refuse_plain_channel(words, choose)
    for word in words:
        if not word.channel and (word.quoted or word.key not in _AND):
            said = "is not a channel: type # and choose it from the names that Slack shows."
            group = 'A group has the word "group" before its name.'
            raise CommandSyntaxError(f"{quoted(word.text)} {said} {group}", choose)
    channels = tuple(dict.fromkeys(word.channel for word in words if word.channel))
    if not channels:
        raise CommandSyntaxError('Say which channels after "from".', choose)
    return channels
