"""What a person is told when their words are not understood."""

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches

from handlers.syntax.product_name import InvalidName
from jobs.cadence import CadenceError
from jobs.instruments import find
from jobs.messages.wording.escaping import escape, typed_name

_QUOTED = re.compile('"([^"]*)"')
_MARKS = re.compile("[*_~]")
_NUMBER = re.compile(r"(?:^|\s)#?\d")
_MEANT = {
    "help": "? -h --help hi hello start setup begin commands usage how what info about example demo test",
    "ask": "question survey poll send new create post",
    "schedule": "repeat recurring plan every",
    "list": "ls status show questions pulses overview running settings config",
    "pause": "stop halt",
    "resume": "unpause continue restart reopen",
    "end": "cancel rm",
    "leads": "owner owners admin admins permissions",
    "digest": "summary newsletter weekly monday",
    "score": "result results scores figure figures number numbers rating ratings stats dashboard",
    "contrast": "compare comparison report sides versus vs both",
    "trend": "history graph chart",
    "comments": "feedback quotes verbatims texts",
    "why": "explain method formula",
    "outcome": "outcomes kpi kpis metric metrics churn retention",
    "group": "groups segment segments region regions",
    "products": "names rename merge",
    "me": "privacy data mydata kept unsubscribe optout opt-out",
    "forget": "erase gdpr forgetme forget-me deleteme delete-me",
}
"""Other words for a command, as they come to people's minds."""

_ENDS_DIGEST = frozenset(
    {"off", "stop", "halt", "disable", "mute", "silence", "kill", "cancel", "quit", "unsubscribe", "rm"}
)
_OF_A_NUMBER = frozenset(
    {"pause", "resume", "close", "change", "edit", "end", "remove", "delete", "takedown"}
)
_SHORTEST_SAID = 4  # letters of such a word that may be misspelt
_NEAR_SAID = 0.7  # how near a misspelt one comes: "atlas" is not "data"
_BETWEEN = "-_:./"
LONGEST_COMMAND = 40
MOST_NAMED = 5


class CommandSyntaxError(ValueError):
    """Words that were not understood. The message is mrkdwn, ready to be sent to the one who typed them.

    `problem` is its first sentence as plain text, not escaped, for a form's field. `form` is the nearest
    right command.
    """

    def __init__(self, problem: str, form: str) -> None:
        super().__init__(f"{_mrkdwn(problem)} Try `{escape(form)}`. Nothing was changed.")
        self.problem = problem
        self.form = form


def nearest_command(typed: str, words: str, known: Collection[str]) -> tuple[str, str] | None:
    """The subcommand that was probably meant, with its words; None where none is near.

    It may be misspelt, said by another word, in two words, or without the space after it: "score-nps".
    """
    said = [typed.casefold(), *words.casefold().split()]
    if "digest" in said[1:] and {"off", "on"} & set(said) | (_ENDS_DIGEST & set(said[:1])):
        about = [word for word in words.split() if word.casefold() not in ("digest", "the", "on", "off")]
        return "digest", " ".join(["on" if "on" in said else "off", *about])
    if typed.casefold() in ("rename", "merge") and words:
        return "products", f"{typed.casefold()} {words}"
    found = _nearest(typed.casefold()[:LONGEST_COMMAND], words, known)
    if found is None:
        return None
    near, words = found
    first, _, rest = words.partition(" ")
    if near == "list" and first.casefold() not in ("", "me"):
        shown = (
            _nearest(first.casefold(), rest, known)
            if first.casefold() not in known
            else (first.casefold(), rest)
        )
        return shown if shown and not first.isdecimal() else found
    if near in _OF_A_NUMBER and first and not _NUMBER.search(words):
        return "list", ""  # it has the numbers
    return found


def _nearest(word: str, words: str, known: Collection[str]) -> tuple[str, str] | None:
    if find(word):
        return None
    first, _, rest = words.partition(" ")
    if word + first.casefold() in known:
        return word + first.casefold(), rest
    for cut in range(len(word) - 1, 1, -1):
        tail = word[cut:].lstrip(_BETWEEN)
        if word[:cut] in known and (tail.isdecimal() or find(tail)):
            return word[:cut], f"{tail} {words}".strip()
    said = {each: command for command, others in _MEANT.items() for each in others.split()}
    if word in said:
        return said[word], words
    said = {each: command for each, command in said.items() if len(each) >= _SHORTEST_SAID}
    near = get_close_matches(word, [*known, *said], n=1)
    if near and near[0] not in known and not get_close_matches(word, near, cutoff=_NEAR_SAID):
        near = get_close_matches(word, known, n=1)
    return (near[0] if near[0] in known else said[near[0]], words) if near else None


def which_product(names: Sequence[str], before: str, after: str = "") -> CommandSyntaxError:
    """Several products may be meant: their names, and the command that names the first of them."""
    shown, more = names[:MOST_NAMED], len(names) - MOST_NAMED
    rest = f"; {more} more {'is' if more == 1 else 'are'} in /pulse products" if more > 0 else ""
    *first, last = shown
    either = f"{', '.join(first)} or {last}" if first and not rest else ", ".join(shown)
    nearest = " ".join(filter(None, [before, typed_name(names[0]), after]))
    return CommandSyntaxError(f"Say which product: {either}{rest}.", nearest)


@contextmanager
def form(nearest: str) -> Iterator[None]:
    """Turns what a reader of times, schedules and names refuses into a CommandSyntaxError.

    The error offers `nearest`; where that ends with until when, with the moment that the reader offers.
    """
    try:
        yield
    except CadenceError as error:
        right = nearest
        if error.nearest and " until " in nearest:
            said = "for " if error.nearest.startswith("in ") else "until "
            right = nearest.rpartition("until ")[0] + said + error.nearest.removeprefix("in ")
        raise CommandSyntaxError(error.problem, right) from error
    except InvalidName as error:
        raise CommandSyntaxError(str(error), error.nearest or nearest) from error


def _mrkdwn(problem: str) -> str:
    # Repeated words with marks stand as code, where Slack reads none; the others keep their quotes.
    def repeated(found: re.Match[str]) -> str:
        return f"`{found[1]}`" if _MARKS.search(found[1]) else found[0]

    return _QUOTED.sub(repeated, escape(problem))
