"""`/pulse group`, and a group among the words of other commands."""

from datetime import UTC, datetime

import pytest

from handlers.syntax import (
    CommandSyntaxError,
    DigestVerb,
    read_comments,
    read_contrast,
    read_digest,
    read_export,
    read_score,
)
from handlers.syntax.groups import GroupVerb, GroupWords, read_group

NOW, ZONE = datetime(2026, 11, 25, 10, tzinfo=UTC), "Europe/Berlin"
A, B, C = "<#C1|buyers-eu>", "<#C2|users-eu>", "<#C3|partners-eu>"
SET = GroupWords(verb=GroupVerb.SET, name="eu", channels=("C1", "C2"))


@pytest.mark.parametrize(
    "text",
    [
        f"eu = {A} {B}", f"eu={A} {B}", f"eu {A} {B}", f"eu: {A}, {B} and {A}", f"set eu = {A} & {B}",
        f"eu is {A} and {B}", f'"eu" = {A} {B} please', f"new eu {A} {B}",
    ],
)  # fmt: skip
def test_a_group_is_set_as_people_write_it(text: str) -> None:
    """With or without the sign, commas, "and"; each channel once."""
    assert read_group(text) == SET


@pytest.mark.parametrize(
    "text, expected",
    [
        ("", GroupWords(verb=GroupVerb.LIST)),
        ("list", GroupWords(verb=GroupVerb.LIST)),
        ("eu", GroupWords(verb=GroupVerb.SHOW, name="eu")),
        ("show eu", GroupWords(verb=GroupVerb.SHOW, name="eu")),
        ("remove eu", GroupWords(verb=GroupVerb.REMOVE, name="eu")),
        ("eu delete", GroupWords(verb=GroupVerb.REMOVE, name="eu")),
        (f"eu add {C}", GroupWords(verb=GroupVerb.ADD, name="eu", channels=("C3",))),
        (f"add {C} to eu", GroupWords(verb=GroupVerb.ADD, name="eu", channels=("C3",))),
        (f"eu remove {C}", GroupWords(verb=GroupVerb.DROP, name="eu", channels=("C3",))),
        (f"remove {C} from eu", GroupWords(verb=GroupVerb.DROP, name="eu", channels=("C3",))),
        (f"all-eu = eu {C}", GroupWords(verb=GroupVerb.SET, name="all-eu", channels=("C3",), others=("eu",))),
        (f"eu = {A}", GroupWords(verb=GroupVerb.SET, name="eu", channels=("C1",))),
    ],
)
def test_what_is_wanted(text: str, expected: GroupWords) -> None:
    """Show, add, take out, remove; words in the place of a channel are passed on."""
    assert read_group(text) == expected


@pytest.mark.parametrize(
    "text, problem, form",
    [
        (f"north america = {A} {B}", "name of one word", "/pulse group north-america = #buyers-eu #users-eu"),
        (f"score = {A} {B}", "is a word of /pulse", "/pulse group score-channels = #buyers-eu #users-eu"),
        (f"7 = {A} {B}", "is a number", "/pulse group 7-channels = #buyers-eu #users-eu"),
        (f"eu!x = {A} {B}", "letters, digits, dots and hyphens", "/pulse group eux = #buyers-eu #users-eu"),
        (f"{'e' * 31} = {A} {B}", "at most 30", f"/pulse group {'e' * 30} = #buyers-eu #users-eu"),
        (f"= {A} {B}", "name of the group first", "/pulse group eu = #buyers-eu #users-eu"),
        ("eu = #buyers-eu", "not a channel that you can see", "/pulse group eu = #buyers-eu #users-eu"),
        ("eu remove #gone", "not a channel that you can see", "/pulse group eu = #buyers-eu #users-eu"),
        (f"eu #gone {A}", "not a channel that you can see", "/pulse group eu = #buyers-eu #users-eu"),
        ("eu =", "Say which channels", "/pulse group eu = #buyers-eu #users-eu"),
        ("eu add", "Say which channel", "/pulse group eu add #channel"),
        ("remove", "Say which group", "/pulse group remove eu"),
        ("add", "Say which group", "/pulse group eu add #channel"),
        ("rename eu to europe", "keeps its name", "/pulse group europe = #buyers-eu #users-eu"),
    ],
)
def test_what_is_refused(text: str, problem: str, form: str) -> None:
    """One sentence that says what was wrong, and a command that is understood."""
    with pytest.raises(CommandSyntaxError) as refused:
        read_group(text)
    assert problem in refused.value.problem
    assert refused.value.form == form


@pytest.mark.parametrize(
    "text, product, group",
    [
        ("nps group eu", None, "eu"),
        ("nps 30d in group eu about Atlas", "Atlas", "eu"),
        ("nps about Atlas group eu", "Atlas", "eu"),
        ("about Focus Group", "Focus Group", None),
        ('about "Acme group portal"', "Acme group portal", None),
        ("nps of the group q3", None, "q3"),
    ],
)
def test_a_group_among_other_words(text: str, product: str | None, group: str | None) -> None:
    """The word "group" in small letters says that a group follows; a product may hold it in quotes."""
    read = read_score(text, now=NOW, zone=ZONE)
    assert (read.product, read.group) == (product, group)


def test_all_that_reads_figures_knows_groups() -> None:
    """Contrast, comments and export take one too, a digest several; two figures at once are refused."""
    assert read_contrast("6w group eu", now=NOW, zone=ZONE).group == "eu"
    assert read_comments("cx negative group eu", now=NOW, zone=ZONE).group == "eu"
    assert read_export("json group eu").group == "eu"
    assert read_digest("from group eu", now=NOW, zone=ZONE).groups == ("eu",)
    read = read_digest(f"Atlas from group eu and group us and {A} weekly mon 09:00", now=NOW, zone=ZONE)
    assert (read.product, read.groups, read.sources) == ("Atlas", ("eu", "us"), ("C1",))
    assert read.cadence is not None
    assert read_digest("setup from group eu", now=NOW, zone=ZONE).verb is DigestVerb.SET
    for typed in ("add group eu", "remove group eu", "preview group eu"):
        with pytest.raises(CommandSyntaxError, match="Try `/pulse digest from group eu`"):
            read_digest(typed, now=NOW, zone=ZONE)
    with pytest.raises(CommandSyntaxError, match="One group at a time"):
        read_score("group eu group us", now=NOW, zone=ZONE)
