"""The example of a refusal, with names that are known where it is read, so that it works as it is typed."""

import re

from handlers.context import Context, SlashCommand
from handlers.syntax import CommandSyntaxError
from jobs.messages.wording.escaping import typed_name
from jobs.permissions.near_names import near_names
from jobs.permissions.scope import scope
from jobs.slack.directory import SlackUnavailable
from storage.records.name_folding import fold

_EXAMPLE, _SLIP = "Atlas", "Altas"  # the names in examples


async def example_here(
    context: Context, command: SlashCommand, error: CommandSyntaxError
) -> CommandSyntaxError:
    """The refusal with a product of this channel in its example: the one that was typed, else a near one."""
    if not {_EXAMPLE, _SLIP} & set(re.findall(r"\w+", error.form)):
        return error
    if _may_be_new(error.form) and fold(_EXAMPLE) in fold(command.words):
        return error
    try:
        here = await scope(
            context.store, context.directory, team_id=command.team_id, channel_id=command.channel_id
        )
    except SlackUnavailable:
        return error
    names = [product.name for product in here.products]
    if _SLIP in error.form:
        return CommandSyntaxError(error.problem, _of_products(error.form, names))
    if not names or any(name != _EXAMPLE and name in error.form for name in names):
        return error
    name = typed_name(_meant(command.words, names))
    return CommandSyntaxError(error.problem, error.form.replace(_EXAMPLE, name))


def _may_be_new(form: str) -> bool:
    """Whether a command may be about a product that is not known yet."""
    return form.startswith(("/pulse ask", "/pulse schedule", "/pulse digest"))


def _meant(typed: str, names: list[str]) -> str:
    """The longest name that stands in what was typed, else one near to a word of it, else the first."""
    said = fold(typed)
    inside = [name for name in names if fold(name) in said]
    near = [name for word in typed.split() for name in near_names(word, names)]
    known = [name for name in names if name == _EXAMPLE]
    return [*sorted(inside, key=len, reverse=True), *near, *known, *names][0]


def _of_products(form: str, names: list[str]) -> str:
    """The example of a change to products; the list where there are none to show it with."""
    first, *others = [typed_name(name) for name in names] or [""]
    if " rename " in form and first:
        return f'/pulse products rename {first} to "New name"'
    if " merge " in form and others:
        return f"/pulse products merge {first} into {others[0]}"
    return "/pulse products"
