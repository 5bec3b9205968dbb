"""What a person is told when their words are not understood."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches

from handlers.syntax.product_name import InvalidName
from jobs.cadence import CadenceError
from jobs.instruments import find
from jobs.messages.wording.escaping import escape, typed_name

_QUOTED = re.compile('"([^"]*)"')
_MARKS = re.compile("[*_~]")
_MEANT = {
    "help": "? -h --help hi hello start commands usage how what info about example demo sample",
    "ask": "question survey poll send new create post",
    "schedule": "repeat recurring plan every",
    "list": "ls status show questions pulses overview running settings",
    "pause": "stop halt",
    "resume": "unpause continue restart",
    "end": "cancel rm",
    "leads": "owner owners admin admins permissions",
    "digest": "summary newsletter weekly monday",
    "score": "result figure number rating",
    "contrast": "compare comparison report sides versus vs both",
    "trend": "history graph chart",
    "comments": "feedback quotes verbatims texts",
    "why": "explain method formula",
    "products": "names rename merge",
    "me": "privacy data mydata kept",
    "forget": "erase gdpr unsubscribe",
}
"""Other words for a command, as they come to people's minds."""

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


def nearest_command(word: str, known: Iterable[str]) -> str | None:
    """The subcommand that was probably meant, misspelt or by another word for it; None where none is near."""
    typed = word.casefold()[:LONGEST_COMMAND]
    if find(typed):
        return None
    meant = next((command for command, said in _MEANT.items() if typed in said.split()), None)
    return meant or next(iter(get_close_matches(typed, list(known), n=1)), None)


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
