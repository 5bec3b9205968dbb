"""The papers say what there is, and all of it."""

import re
from pathlib import Path

import pytest
import typer

from bot.cli.command_line import app
from bot.config.settings import Settings
from handlers.commands.command_table import SUBCOMMANDS
from jobs.instruments import INSTRUMENTS
from jobs.messages.help.help_page import PREFIX, CommandHelp, help_message
from tests.conftest import Company, Running
from tests.handlers.reading import read_as_typed
from tests.papers import (
    CONTRIBUTING,
    OPERATING,
    README,
    ROOT,
    has_instrument,
    has_setting,
    has_subcommand,
    section,
    spelt_out,
)
from tests.test_layers import PLAN

CHANGELOG = (ROOT / "CHANGELOG.md").read_text()
PAPERS = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("models/**/*.md")]
TARGETS = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
REFUSED = {"slack_client_id", "slack_client_secret"}  # known only to be refused with a sentence
SETTINGS = sorted(set(Settings.model_fields) - REFUSED)
TYPED = typer.main.get_command(app)
WORDS = [command.help for command in SUBCOMMANDS.values() if command.help]


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_every_subcommand_is_in_the_readme(name: str) -> None:
    """What can be typed after `/pulse` stands in the table of commands."""
    assert has_subcommand(name)


def test_the_readme_promises_no_other_subcommand() -> None:
    """What the README shows after `/pulse` can be typed."""
    assert set(re.findall(r"`/pulse ([a-z]+)", README)) <= set(SUBCOMMANDS)


SHOWN = sorted(
    {command for form in re.findall(r"`/pulse ([a-z][^`]*)`", README) for command in spelt_out(form)}
)


@pytest.mark.parametrize("typed", SHOWN)
def test_every_command_of_the_readme_is_read_as_it_stands(typed: str) -> None:
    """Whoever types what the README shows, with or without what stands in brackets, is understood."""
    read_as_typed(typed)


SHELL = sorted(
    {
        command
        for form in re.findall(r"`(?:\.venv/bin/)?bifocal ([a-z][^`]*)`", README + OPERATING)
        for command in spelt_out(form)
    }
)


@pytest.mark.parametrize("typed", SHELL)
def test_every_line_of_a_shell_in_the_papers_is_read_as_it_stands(typed: str) -> None:
    """The command line takes each with its options."""
    name, *words = typed.split()
    commands = getattr(TYPED, "commands")  # noqa: B009 - typer's types hide it
    made = commands[name].make_context(
        name, [str(ROOT / "README.md") if word == "FILE" else word for word in words]
    )
    assert made.command is commands[name]


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_has_a_row(name: str) -> None:
    """Each environment variable stands in the table of settings."""
    assert has_setting(name)


def test_the_papers_promise_no_other_setting() -> None:
    """What the table of settings names is read."""
    first_column = "".join(
        line.split("|")[1] for line in section("Settings", OPERATING).splitlines() if "|" in line
    )
    named = re.findall(r"`([A-Z_]+)`", first_column)
    assert {name.lower() for name in named} <= set(SETTINGS)


@pytest.mark.parametrize("key", INSTRUMENTS)
def test_every_instrument_is_in_the_readme(key: str) -> None:
    """Each questionnaire stands under the name that people type, and its source where one must be named."""
    assert has_instrument(key, INSTRUMENTS[key].credit)


@pytest.mark.parametrize("name", sorted(getattr(TYPED, "commands")))  # noqa: B009 - typer's types hide it
def test_every_command_of_the_command_line_has_a_row(name: str) -> None:
    """What can be typed after `bifocal` stands in the table of the command line, options and all."""
    command = getattr(TYPED, "commands")[name]  # noqa: B009
    row = next(
        line
        for line in section("Command line", OPERATING).splitlines()
        if line.startswith(f"| `bifocal {name}")
    )
    for option in command.params:
        assert option.opts[0] in row


async def test_help_is_the_table_of_commands(running: Running, company: Company) -> None:
    """`/pulse help` names each row of the table, in its order below the way to a digest, and nothing else."""
    answer = await running.type(company.lead, company.channel, "help")
    assert answer is not None
    shown = str(answer.blocks[3:-1])  # without what it is, the way and its buttons, and where more stands
    assert re.findall(rf"`{PREFIX}([a-z]+)", shown) == [name for name, row in SUBCOMMANDS.items() if row.help]


@pytest.mark.parametrize("line", WORDS, ids=lambda line: line.example)
def test_an_example_begins_with_its_command(line: CommandHelp) -> None:
    """The example that help shows is of the very row that it stands in."""
    name = line.example.split()[0]
    assert SUBCOMMANDS[name].help is line
    assert re.search(rf"`{PREFIX}{name}[` ]", str(help_message([line])["blocks"]))


def test_the_changelog_says_what_is_new() -> None:
    """There is a section of what is unreleased or of a version, with something in it."""
    parts = re.split(r"^## \[(?:Unreleased|\d+\.\d+\.\d+)\].*$", CHANGELOG, flags=re.MULTILINE)[1:]
    assert parts
    assert all(re.search(r"^- \S", part, flags=re.MULTILINE) for part in parts)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(ROOT)))
def test_a_link_in_a_paper_leads_somewhere(paper: Path) -> None:
    """Each link to a file of this repository leads to one that is there."""
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", paper.read_text())
    assert not [link for link in links if "://" not in link and not (paper.parent / link).exists()]


@pytest.mark.parametrize(
    "paper", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/design-notes.md", "docs/operating.md"]
)
def test_a_file_that_a_paper_names_is_there(paper: Path) -> None:
    """A path that stands in a paper as code, such as `bot/app.py`, is one of this repository."""
    named = re.findall(
        r"`((?:bot|handlers|jobs|storage|tests|models|docs)/[\w./-]+)`", (ROOT / paper).read_text()
    )
    assert not [path for path in named if not (ROOT / path).exists()]


def test_a_paper_that_a_module_names_is_there() -> None:
    """A module refers to no paper that a reader of this repository cannot open."""
    for path in PLAN.modules:
        named = set(re.findall(r"[\w/-]+\.md\b", (ROOT / path).read_text()))
        assert not [name for name in named if not (ROOT / name).exists()], path


@pytest.mark.parametrize("target", TARGETS)
def test_every_make_target_is_explained(target: str) -> None:
    """What can be typed after `make` stands in CONTRIBUTING."""
    assert re.search(rf"\bmake {target}\b", CONTRIBUTING)
