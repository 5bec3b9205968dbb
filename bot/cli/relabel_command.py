"""`bifocal reclassify`: applies the classifier of today to old comments, with a bar that shows how far."""

from rich.console import Console
from rich.progress import Progress

from bot.config.settings import Settings
from jobs.comments.load_classifier import read_classifier
from jobs.comments.relabel import reclassify
from storage.schema.migrate import prepare
from storage.store import Store


async def reclassify_all(settings: Settings, console: Console | None = None) -> None:
    """Bring every label to the version of today."""
    console = console or Console()
    classifier = read_classifier(settings.bifocal_lexicon, **settings.readers)
    await prepare(settings.database_url)
    store = await Store.open(settings.database_url)
    try:
        total = await store.comments.count_outdated(classifier.version)
        total += len(await store.saved.outdated(classifier.version))
        with Progress(console=console) as progress:
            bar = progress.add_task("Comments", total=total)
            read, failed = await reclassify(
                store, classifier, advance=lambda count: progress.advance(bar, count)
            )
        missed = f" {failed} could not be read." if failed else ""
        console.print(f"{read} comments read with version {classifier.version}.{missed}")
    finally:
        await store.close()
