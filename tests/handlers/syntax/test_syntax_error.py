"""The sentence for what was not understood."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.syntax.product_name import InvalidName
from handlers.syntax.syntax_error import CommandSyntaxError, form, unknown_command
from jobs.cadence import CadenceError

KNOWN = ["ask", "schedule", "list", "pause", "resume", "close", "contrast", "score"]


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


def test_a_misspelt_command() -> None:
    """The nearest command is offered, in the words of the wireframe."""
    assert unknown_command("scroe", KNOWN) == (
        "There is no `/pulse scroe`. Did you mean `/pulse score`?\n"
        "Nothing was changed. All commands: `/pulse help`."
    )


@pytest.mark.parametrize(
    "word, ask, read",
    [
        ("nps", "ask nps about Atlas", "score nps"),
        ("csat", "ask csat about Atlas", "score csat"),
        ("sus", "ask sus about Atlas", "score sus"),
        ("umux_lite", "ask umux_lite about Atlas", "score umux_lite"),
        ("umux-lite", "ask umux_lite about Atlas", "score umux_lite"),
        ("seq", "ask seq about Atlas: send an invoice", "score seq"),
        ("ces", "ask ces about Atlas: the support of Atlas", "score ces"),
    ],
)
def test_a_question_typed_first_is_told_how_to_ask_and_how_to_read(word: str, ask: str, read: str) -> None:
    """Whoever types the question where a command belongs reads both commands, as they are typed."""
    said = unknown_command(word, KNOWN)
    begins = f"There is no `/pulse {word}`. To ask: `/pulse {ask}`. To read: `/pulse {read}`."
    assert said.startswith(f"{begins}\nNothing was changed.")


@pytest.mark.parametrize(
    "word, begins",
    [
        ("zzz", "There is no `/pulse zzz`.\n"),
        ("`rm`", "There is no `/pulse rm`.\n"),
        ("<!channel>", "There is no `/pulse &lt;!channel&gt;`.\n"),
        ("x" * 3000, f"There is no `/pulse {'x' * 39}…`.\n"),
    ],
)
def test_a_word_far_from_every_command(word: str, begins: str) -> None:
    """Where nothing is near, none is offered; the word is short, escaped and cannot end its code."""
    assert unknown_command(word, KNOWN).startswith(begins)


@settings(max_examples=100)
@given(st.text(max_size=80))
def test_no_word_comes_to_life(word: str) -> None:
    """Nothing that is repeated can mention, link or close its code."""
    said = unknown_command(word, KNOWN)
    assert "<" not in said
    assert said.count("`") in {4, 6, 8}
    assert "<" not in str(CommandSyntaxError(f'"{word}" is wrong.', "/pulse"))
