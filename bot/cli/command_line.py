"""The command line. Each command imports what it needs when it runs: `classify` must start in a blink."""

# ruff: noqa: PLC0415 - see above

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.database.database_command_line import database
from bot.cli.files.file_command_line import files
from bot.cli.outbox.outbox_command_line import outbox

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _say_version(asked: bool) -> None:  # noqa: FBT001 - typer hands it over so
    if asked:
        from importlib.metadata import version

        typer.echo(f"bifocal {version('bifocal-bot')}")
        raise typer.Exit


@app.callback()
def bifocal(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say the version and end.")
    ] = False,
) -> None:
    """Bifocal: how happy customers are, beside how easy the product is to use, in Slack."""


app.add_typer(database)
app.add_typer(outbox, name="outbox")
app.add_typer(files)


@app.command()
def run() -> None:
    """Run the bot until it is told to stop."""
    from bot.cli.run import run_bot
    from bot.cli.startup_errors import ended_by_sentence
    from bot.config.log_format import held_log, set_up_logging
    from bot.config.settings import Settings

    with ended_by_sentence(), held_log():
        settings = Settings.load()
        set_up_logging(settings.bifocal_log_format, settings.bifocal_log_level)
        asyncio.run(run_bot(settings))


@app.command()
def demo(
    *,
    once: Annotated[bool, typer.Option("--once", help="Tell the story in the terminal and end.")] = False,
    full: Annotated[bool, typer.Option("--full", help="With --once: everything, as it happens.")] = False,
    port: Annotated[
        int, typer.Option(min=0, max=65_515, help="Where the page is; a busy one gives way to the next.")
    ] = 4747,
) -> None:
    """26 weeks of a small company, against a local Slack in your browser; nothing is left behind."""
    from bot.sandbox.demo.story import tell_story
    from bot.sandbox.page.open_house import keep_open_house, no_port

    if once:
        asyncio.run(tell_story(full=full))
        return
    try:
        asyncio.run(keep_open_house(port=port))
    except OSError:
        typer.echo(no_port(port), err=True)
        raise typer.Exit(1) from None


@app.command()
def settings(
    *, check: Annotated[bool, typer.Option("--check", help="Only say whether they are right.")] = False
) -> None:
    """Show each setting, what it is set to, and what a right value is; changes nothing."""
    from bot.cli.settings_command import show_settings
    from bot.cli.startup_errors import ended_by_sentence
    from bot.config.settings import Settings

    with ended_by_sentence():
        found = Settings.check()
    if check:
        typer.echo("The settings are right.")
    else:
        show_settings(found)


@app.command()
def doctor() -> None:
    """Look at everything that Bifocal needs, a line each with what to do; changes nothing."""
    from bot.cli.doctor.doctor_command import examine
    from bot.config.settings import Settings

    if not asyncio.run(examine(Settings.check, typer.echo)):
        raise typer.Exit(1)


@app.command()
def manifest(
    url: Annotated[str | None, typer.Option(help="The public https address, for HTTP mode.")] = None,
) -> None:
    """Print the Slack app manifest as JSON, and the link that creates the app from it."""
    from bot.cli.startup_errors import ended_by_sentence
    from bot.manifest import as_json, create_link

    with ended_by_sentence():
        text, link = as_json(url), create_link(url)
    sys.stdout.write(text)
    typer.echo(f"Create the app: {link}", err=True)


@app.command()
def classify(
    lexicon: Annotated[Path | None, typer.Option(help="A TOML file with your own words.")] = None,
    *,
    accurate: Annotated[
        bool, typer.Option("--accurate", help="Ask the larger model too; needs models/accurate.")
    ] = False,
    languages: Annotated[
        bool, typer.Option("--languages", help="Read six more languages; needs models/languages.")
    ] = False,
) -> None:
    """Read one comment a line on stdin, write one JSON object a line."""
    import json

    from jobs.classification import LexiconError
    from jobs.classification.accurate import AccurateModelError
    from jobs.classification.lines import classify_lines
    from jobs.comments.load_classifier import read_classifier

    try:
        classifier = read_classifier(lexicon, accurate=accurate, languages=languages)
    except (LexiconError, AccurateModelError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    for read in classify_lines(sys.stdin, classifier):
        sys.stdout.write(json.dumps(read, ensure_ascii=False) + "\n")
        sys.stdout.flush()


@app.command()
def reclassify() -> None:
    """Apply the classifier of this version to older comments; can be stopped and begun again."""
    from bot.cli.relabel_command import reclassify_all
    from bot.cli.startup_errors import ended_by_sentence
    from bot.config.settings import Settings

    with ended_by_sentence():
        asyncio.run(reclassify_all(Settings.load_begun()))


@app.command("import-outcomes")
def import_outcomes(
    file: Annotated[Path, typer.Argument(help="CSV with metric, value, date, product, side, source.")],
) -> None:
    """Keep figures from elsewhere, such as churn, out of a file; all of it or nothing."""
    from bot.cli.outcomes_command import import_file
    from bot.cli.run import utc_now
    from bot.cli.startup_errors import ended_by_sentence
    from bot.config.settings import Settings

    with ended_by_sentence():
        asyncio.run(import_file(Settings.load_begun(), file, now=utc_now()))


@app.command()
def digest(
    *,
    print_: Annotated[bool, typer.Option("--print", help="On the terminal; nothing is posted.")] = False,
) -> None:
    """Show every digest as it would be posted now."""
    from bot.cli.digest_preview import print_digests
    from bot.cli.startup_errors import ended_by_sentence
    from bot.config.settings import Settings

    if not print_:
        raise typer.BadParameter(
            "say --print; digests post themselves when they are due", param_hint="--print"
        )
    with ended_by_sentence():
        asyncio.run(print_digests(Settings.load_begun()))
