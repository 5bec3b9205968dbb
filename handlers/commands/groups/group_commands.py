"""`/pulse group`: makes, changes, removes and lists groups of channels."""

from handlers.context import Context, SlashCommand
from handlers.syntax.groups import GroupVerb, read_group
from jobs.groups import change_groups
from jobs.groups.change_groups import GroupChange
from jobs.messages.layout.blocks import Message
from jobs.messages.layout.sentence import sentence
from jobs.messages.wording import group_words
from jobs.permissions.readable_groups import shown_group


async def group(context: Context, command: SlashCommand) -> Message | None:
    """Do what was asked; without words, list the groups that the person may read."""
    words = read_group(command.words)
    parts = (context.store, context.directory, command)
    others = words.others
    if words.verb is GroupVerb.LIST:
        found = await change_groups.list_groups(*parts)
        if not found:
            return sentence(group_words.NONE_YET, group_words.EXAMPLE)
        return sentence(group_words.many(found))
    if words.verb is GroupVerb.SHOW:
        return sentence(group_words.one(await shown_group(*parts, words.name)))
    if words.verb is GroupVerb.REMOVE:
        return sentence(group_words.removed(await change_groups.remove_group(*parts, words.name)))
    if words.verb is GroupVerb.ADD:
        done = await change_groups.change_channels(*parts, words.name, added=words.channels, others=others)
    elif words.verb is GroupVerb.DROP:
        done = await change_groups.change_channels(*parts, words.name, dropped=words.channels, others=others)
    else:
        done = await change_groups.set_group(*parts, words.name, channels=words.channels, others=others)
    return _said(done)


def _said(done: GroupChange) -> Message:
    return sentence(group_words.is_now(done.group, done.before, done.digests))
