"""`/pulse export`: the rounds and figures that this channel may read as files, for leads the comments too."""

from handlers.context import Context, SlashCommand
from handlers.syntax import read_export
from jobs.files.export_rounds import export_here
from jobs.files.send_export import send_export
from jobs.messages.layout.blocks import Message, with_notes
from jobs.messages.layout.sentence import sentence
from jobs.messages.wording import file_words


async def export(context: Context, command: SlashCommand) -> Message | None:
    """The files go to the asker by direct message; the answer says so, or why not."""
    words = read_export(command.words)
    command = command.about_group(words.group)
    found = await export_here(
        context.store,
        context.directory,
        command,
        product=words.product,
        min_group=context.min_group,
    )
    files = found.files(as_lines=words.as_lines)
    there = {name.partition(".")[0] for name in files}
    notes = (*(file_words.NONE_OF[each] for each in sorted(words.named - there)), *found.notes)
    if not files:
        return with_notes(sentence(file_words.NOTHING_COUNTED), found.notes)
    refused = await send_export(context.uploads, command, files)
    said = refused or file_words.sent(rounds=len({line["round"] for line in found.rounds}), files=list(files))
    return with_notes(sentence(said), notes)
