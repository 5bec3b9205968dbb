"""`bifocal export FILE`: all rounds as a file; listed comments and figures from elsewhere as others."""

from pathlib import Path

from rich.console import Console

from bot.config.settings import Settings
from jobs.files.export_rounds import export_all
from jobs.files.import_answers import ImportRefused
from storage.schema.migrate import prepare
from storage.store import Store


async def run_export(
    settings: Settings,
    file: Path,
    *,
    comments: bool = False,
    outcomes: bool = False,
    console: Console | None = None,
) -> None:
    """Write the rounds to a new file, and what else is wanted to others beside it. Raises ImportRefused."""
    console = console or Console()
    as_lines = file.suffix in {".jsonl", ".json"}
    await prepare(settings.database_url)
    store = await Store.open(settings.database_url)
    try:
        found = await export_all(store)
    finally:
        await store.close()
    contents = found.files(as_lines=as_lines)
    others = [name for name, wanted in (("comments", comments), ("outcomes", outcomes)) if wanted]
    end = ".jsonl" if as_lines else ".csv"
    names = {f"rounds{end}": file}
    names |= {f"{each}{end}": file.with_name(f"{file.stem}-{each}{file.suffix}") for each in others}
    if not contents.keys() & names.keys():
        raise ImportRefused("Nothing was counted yet, so there is nothing to export.")
    for into in names.values():  # seen before any of them is written
        if into.exists():
            raise ImportRefused(f"{into} is there already: name a new file.")
    for name, into in names.items():
        if name in contents:
            _write(into, contents[name])
        what = name.partition(".")[0]
        said = f"{into}: {what}" if name in contents else _NONE[what]
        console.print(said, markup=False, highlight=False, soft_wrap=True)


_NONE = {
    "rounds": "Nothing was counted yet, so there is no file of rounds.",
    "comments": "No comments are listed, so there is no file of comments.",
    "outcomes": "No figure from elsewhere was entered, so there is no file of outcomes.",
}


def _write(file: Path, content: str) -> None:
    """Writes for the owner alone; Excel takes a CSV for UTF-8 only with a byte order mark."""
    encoding = "utf-8-sig" if file.suffix == ".csv" else "utf-8"
    try:
        file.touch(0o600, exist_ok=False)
        file.write_text(content, encoding=encoding, newline="")
    except FileExistsError:
        raise ImportRefused(f"{file} is there already: name a new file.") from None
    except OSError as error:
        raise ImportRefused(f"{file} cannot be written ({error.strerror}).") from None
