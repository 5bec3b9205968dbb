"""What a person is told when their words are not understood."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches

from handlers.syntax.product_name import InvalidName
from jobs.cadence import CadenceError, quoted
from jobs.instruments import find
from jobs.messages.wording.escaping import escape

_QUOTED = re.compile('"([^"]*)"')
_MARKS = re.compile("[*_~]")
_ASKED = {"seq": "Atlas: send an invoice", "ces": "Atlas: the support of Atlas"}


class CommandSyntaxError(ValueError):
    """Words that were not understood. The message is mrkdwn, ready to be sent to the one who typed them.

    `problem` is its first sentence as plain text, not escaped, for a form's field. `form` is the nearest
    right command.
    """

    def __init__(self, problem: str, form: str) -> None:
        super().__init__(f"{_mrkdwn(problem)} Try `{escape(form)}`. Nothing was changed.")
        self.problem = problem
        self.form = form


def unknown_command(word: str, known: Iterable[str]) -> str:
    """The answer, in mrkdwn, to a subcommand that does not exist; `known` are those that do."""
    typed = escape(quoted(word)[1:-1])
    if instrument := find(word[:40]):
        ask = f"/pulse ask {instrument.key} about {_ASKED.get(instrument.key, 'Atlas')}"
        read = f"/pulse score {instrument.key}"
        return (
            f"There is no `/pulse {typed}`. To ask: `{ask}`. To read: `{read}`.\n"
            "Nothing was changed. All commands: `/pulse help`."
        )
    near = get_close_matches(word.lower()[:40], list(known), n=1)
    hint = f" Did you mean `/pulse {near[0]}`?" if near else ""
    return f"There is no `/pulse {typed}`.{hint}\nNothing was changed. All commands: `/pulse help`."


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
            right = nearest.partition("until ")[0] + said + error.nearest.removeprefix("in ")
        raise CommandSyntaxError(error.problem, right) from error
    except InvalidName as error:
        raise CommandSyntaxError(str(error), error.nearest or nearest) from error


def _mrkdwn(problem: str) -> str:
    # Repeated words with marks stand as code, where Slack reads none; the others keep their quotes.
    def repeated(found: re.Match[str]) -> str:
        return f"`{found[1]}`" if _MARKS.search(found[1]) else found[0]

    return _QUOTED.sub(repeated, escape(problem))
