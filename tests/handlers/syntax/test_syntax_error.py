"""The sentence for what was not understood."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.commands.command_table import SUBCOMMANDS
from handlers.syntax import split_command
from handlers.syntax.product_name import InvalidName
from handlers.syntax.syntax_error import CommandSyntaxError, form, nearest_command, which_product
from jobs.cadence import CadenceError


def test_the_three_parts_of_a_sentence() -> None:
    """What was wrong, the nearest right form, that nothing was changed; the first part plain."""
    error = CommandSyntaxError('"a<b" is not a time.', "/pulse digest weekly mon 09:00 Europe/Berlin")
    assert str(error) == (
        '"a&lt;b" is not a time. Try `/pulse digest weekly mon 09:00 Europe/Berlin`. Nothing was changed.'
    )
    assert error.problem == '"a<b" is not a time.'


def test_marks_in_repeated_words_are_not_formatting() -> None:
    """Words with marks of formatting stand as code, so that they show as they were typed."""
    assert str(CommandSyntaxError('"*/5 * ~x~" is not a cron.', "/pulse")).startswith(
        "`*/5 * ~x~` is not a cron."
    )


@pytest.mark.parametrize("error", [CadenceError("No.", "weekly mon 09:00"), InvalidName("No.")])
def test_refusals_of_readers_become_sentences(error: Exception) -> None:
    """What the readers of times and names refuse gets the command's own form."""
    with pytest.raises(CommandSyntaxError) as refused, form("/pulse ask nps"):
        raise error
    assert str(refused.value) == "No. Try `/pulse ask nps`. Nothing was changed."


NEAR = {
    "score": "results reslts stats scroe scor scores SCROE Score; score?",
    "schedule": "shedule schedul scedule",
    "comments": "coments comment feedback",
    "contrast": "contrats comapre compare constrast",
    "ask": "aks survey question asks",
    "list": "lst ls lists status",
    "pause": "puase stop pasue",
    "digest": "digset dijest digests newsletter",
    "products": "product prodcuts",
    "trend": "tred trends history",
    "takedown": "takdown take-down",
    "leads": "lead owner leades",
    "me": "privacy data",
    "help": "hlep ? --help -h hi halp commands",
    "forget": "delete-me forgt froget erase gdpr",
    "why": "explain whyy",
}


@pytest.mark.parametrize("command, typed", NEAR.items(), ids=str)
def test_a_misspelt_command_or_another_word_for_it(command: str, typed: str) -> None:
    """The nearest command is found, whatever the case and the marks around it."""
    for word in typed.split():
        name, _ = split_command(word)
        assert name == command or nearest_command(name or word, "", SUBCOMMANDS) == (command, ""), word


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("take down 3", ("takedown", "3")),
        ("for get", ("forget", "")),
        ("pause3", ("pause", "3")),
        ("close-3", ("close", "3")),
        ("list2", ("list", "2")),
        ("ask-nps about Atlas", ("ask", "nps about Atlas")),
        ("show score", ("score", "")),
        ("show results nps", ("score", "nps")),
        ("show 2", ("list", "2")),
        ("show me", ("list", "me")),
        ("results", ("score", "")),
        ("reopen 13", ("resume", "13")),
        ("stop 3", ("pause", "3")),
        ("stop #atlas", ("list", "")),
        ("puase <#C0ATLAS|atlas>", ("list", "")),
        ("stop digest Atlas", ("digest", "off Atlas")),
        ("asknps about Atlas", ("ask", "nps about Atlas")),
        ("score_umux-lite 30d", ("score", "umux-lite 30d")),
        ("scroe nps", ("score", "nps")),
        ("Prodcts rename Altas to Atlas", ("products", "rename Altas to Atlas")),
    ],
)
def test_a_command_in_two_words_or_glued_to_its_words(typed: str, meant: tuple[str, str]) -> None:
    """What is typed after it is kept."""
    name, words = split_command(typed)
    assert nearest_command(name, words, SUBCOMMANDS) == meant


@pytest.mark.parametrize("word", ["zzz", "nps", "umux-lite", "CSAT", "x" * 3000, "😀", "", "rm -rf"])
def test_a_word_far_from_every_command(word: str) -> None:
    """Nothing is near to it, and nothing to a question, for which two commands may be meant."""
    assert nearest_command(word, "", SUBCOMMANDS) is None


@settings(max_examples=100)
@given(st.text(max_size=80))
def test_no_word_comes_to_life(word: str) -> None:
    """Nothing that is repeated can mention or link."""
    assert "<" not in str(CommandSyntaxError(f'"{word}" is wrong.', "/pulse"))


@pytest.mark.parametrize(
    "count, said",
    [
        (2, "P1 or P2."),
        (5, "P1, P2, P3, P4 or P5."),
        (6, "P1, P2, P3, P4, P5; 1 more is in /pulse products."),
        (8, "P1, P2, P3, P4, P5; 3 more are in /pulse products."),
    ],
)
def test_several_products_are_named_and_the_rest_counted(count: int, said: str) -> None:
    """Whoever has to say which product reads five names, how many more there are, and a command."""
    refused = which_product([f"P{each}" for each in range(1, count + 1)], "/pulse contrast about")
    assert refused.problem == f"Say which product: {said}"
    assert refused.form == "/pulse contrast about P1"
