"""The builders make what Slack takes."""

import pytest

from jobs.messages.layout import blocks
from tests.jobs.messages.checking import alive, check


def test_every_builder_makes_a_valid_block() -> None:
    """A message of every kind of block is taken as it stands."""
    dialog = blocks.confirm("Sure?", "It goes.", yes="Yes", no="No", danger=True)
    check(
        blocks.message(
            "Words.",
            blocks.header("Title"),
            blocks.section("*Bold*", accessory=blocks.button("Go", "go", confirm=dialog)),
            blocks.plain_section("a *b*"),
            blocks.fields("one", "two"),
            blocks.quote("somebody's words"),
            blocks.context("small"),
            blocks.divider(),
            blocks.actions("row", blocks.button("Link", "open_link", url="https://example.com")),
        )
    )


def test_every_input_makes_a_valid_form() -> None:
    """A modal of every kind of input is taken as it stands."""
    options = [blocks.option(str(each), str(each), "small print") for each in range(3)]
    check(
        blocks.modal(
            "form",
            "Title",
            [
                blocks.input_block("a", "A", blocks.choice("a", options, chosen="1"), hint="hint"),
                blocks.input_block("b", "B", blocks.select("b", options)),
                blocks.input_block("c", "C", blocks.checkbox("c", options[0], ticked=True), optional=True),
                blocks.input_block("d", "D", blocks.text_input("d", longest=10, initial="words")),
            ],
            close="Close",
            submit="Send",
            metadata="{}",
        )
    )


def test_mrkdwn_is_verbatim() -> None:
    """A name such as @here, or an address, stays plain letters in mrkdwn."""
    assert blocks.mrkdwn("@here https://example.com")["verbatim"] is True
    bare = {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "@here"}}]}
    assert alive(bare) == ["@here"]


def test_a_button_without_extras_has_none() -> None:
    """What is not given to a button is not in its block."""
    assert blocks.button("Go", "go") == {"type": "button", "action_id": "go", "text": blocks.plain("Go")}


@pytest.mark.parametrize("options, kind", [(10, "radio_buttons"), (11, "static_select")])
def test_more_choices_than_slack_allows_become_a_list(options: int, kind: str) -> None:
    """Up to ten choices are radio buttons, more are a list."""
    assert blocks.choice("a", [blocks.option(str(i), str(i)) for i in range(options)])["type"] == kind


def test_nothing_is_chosen_that_is_not_offered() -> None:
    """An unknown value leaves the choice open."""
    assert "initial_option" not in blocks.choice("a", [blocks.option("A", "a")], chosen="b")


def test_the_names_of_buttons_are_told_without_markup() -> None:
    """A button may hold the name of a product, and the `text` in which it is told is read as mrkdwn."""
    row = [blocks.button("About <!channel>", "a"), blocks.button("Cancel", "b")]
    assert blocks.named_buttons(row) == "Buttons: About &lt;!channel&gt;, Cancel."
    assert blocks.named_buttons([]) == ""
