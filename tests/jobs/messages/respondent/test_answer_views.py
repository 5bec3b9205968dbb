"""The forms in which people answer, as they were drawn."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from jobs.instruments import INSTRUMENTS
from jobs.messages.layout.ids import ForgedId, shows_comment
from jobs.messages.respondent.answer_views import (
    comment_form,
    comment_sent,
    example,
    form_late,
    form_sent,
    rate_form,
    read_points,
)
from storage.records import Comment, NewComment
from tests.jobs.messages import examples
from tests.jobs.messages.checking import check
from tests.jobs.messages.drawing import drawn, plainly

UNTIL = "<!date^1795795200^{date_short_pretty} at {time}|Fri 27 Nov, 17:00 CET>"
NO_MORE = f"This closed {UNTIL}, so nothing can be changed any more."
FAVOURABLE = "For example: what should we be sure to keep?"
MIDDLE = "For example: what one thing would have made it better?"
UNFAVOURABLE = "For example: what went wrong, or was missing?"


@pytest.mark.parametrize(
    "name, point", [("comment_promoter", 9), ("comment_passive", 7), ("comment_detractor", 3)]
)
def test_the_comment_form_is_as_it_was_drawn(name: str, point: int) -> None:
    """The form is the same for every answer, but for the example under the box."""
    built = comment_form(examples.wave(), point, comment=None)
    check(built)
    assert plainly(built) == drawn(name)


@pytest.mark.parametrize(
    "key, borders",
    [
        ("nps", {0: UNFAVOURABLE, 6: UNFAVOURABLE, 7: MIDDLE, 8: MIDDLE, 9: FAVOURABLE, 10: FAVOURABLE}),
        ("csat", {1: UNFAVOURABLE, 2: UNFAVOURABLE, 3: MIDDLE, 4: FAVOURABLE, 5: FAVOURABLE}),
        ("ces", {1: UNFAVOURABLE, 3: UNFAVOURABLE, 4: MIDDLE, 5: FAVOURABLE, 7: FAVOURABLE}),
        ("seq", {1: UNFAVOURABLE, 3: UNFAVOURABLE, 4: MIDDLE, 5: MIDDLE, 6: FAVOURABLE, 7: FAVOURABLE}),
    ],
)
def test_the_example_fits_the_class(key: str, borders: dict[int, str]) -> None:
    """Each instrument has its own borders of favourable, middle and unfavourable."""
    assert {point: example(examples.pulse(key), point) for point in borders} == borders


@pytest.mark.parametrize("key, name, number", [("umux_lite", "form_umux_lite", 43), ("sus", "form_sus", 44)])
def test_the_statements_are_as_they_were_drawn(key: str, name: str, number: int) -> None:
    """All statements in their order, ends in words, nothing chosen beforehand, all required."""
    built = rate_form(examples.wave(examples.pulse(key, number=number)), response=None)
    check(built)
    assert plainly(built) == drawn(name)


def first(view: dict[str, Any]) -> str:
    """The first paragraph."""
    return str(view["blocks"][0]["text"]["text"])


def test_the_sent_form_is_as_it_was_drawn() -> None:
    """Sent statements turn into a word that they are saved, and the button to take them back."""
    of = examples.wave(examples.pulse("umux_lite", number=43))
    built = form_sent(of, now=examples.NOW)
    check(built)
    assert plainly(built) == drawn("form_sent")
    late = form_sent(of, now=examples.CLOSES + timedelta(minutes=3))
    check(late)
    assert (
        first(late) == f"*Your answers are saved.* This closed {UNTIL}, so nothing can be changed any more."
    )
    assert "take_back" not in str(late)


@pytest.mark.parametrize(
    "text, quoted, said",
    [
        ("Fine.", True, "*Your answer and your comment are saved.* You can change both until {}: "),
        ("Fine.", False, "*Your answer and your comment are saved.* You can change both until {}: "),
        ("", False, "*Your answer is saved.* Your comment is erased. You can change it until {}: "),
        (None, False, "*Your answer is saved.* You can change it until {}: "),
    ],
)
def test_a_sent_comment_says_what_is_saved(text: str | None, quoted: bool, said: str) -> None:  # noqa: FBT001
    """What is saved, until when and how it can be changed, and whether it may be quoted."""
    sent = None
    if text is not None:
        sent = NewComment(text=text, may_quote=quoted, label=None, written_at=examples.NOW)
    built = comment_sent(examples.wave(), sent, now=examples.NOW)
    check(built)
    assert first(built) == said.format(UNTIL) + "click a number, or My answer and comment."
    assert ("Your comment may be quoted without your name." in str(built)) is quoted
    late = comment_sent(examples.wave(), sent, now=examples.CLOSES)
    check(late)
    assert NO_MORE in first(late)
    assert "You can change" not in first(late)


@pytest.mark.parametrize(
    "text, several, said",
    [
        ("Fine.", False, "Your text was not saved. You can copy it from here:"),
        ("", False, "Nothing was saved."),
        ("Fine.", True, "Your answers and your text were not saved. You can copy it from here:"),
        ("", True, "Your answers were not saved."),
    ],
)
def test_a_late_form_keeps_its_text_in_the_hands_of_the_writer(
    text: str,
    several: bool,  # noqa: FBT001
    said: str,
) -> None:
    """A form after the close says what was not saved, with the text to copy."""
    built = form_late(examples.wave(), text, several=several)
    check(built)
    assert built["title"]["text"] == "This has closed"
    assert first(built) == f"*This closed {UNTIL}.* {said}"
    assert [block["text"] for block in built["blocks"][1:]] == (
        [{"type": "plain_text", "text": text, "emoji": False}] if text else []
    )


@pytest.mark.parametrize(
    "before, comment, said",
    [
        (None, None, "*You chose 6.* To change it, click another number until {}."),
        (6, None, "*You chose 6.* To change it, click another number until {}."),
        (6, examples.comment(), "*You chose 6.* To change it, click another number until {}."),
        (9, None, "*Changed from 9 to 6.*"),
        (9, examples.comment(), "*Changed from 9 to 6.* Your comment is kept; does it still fit?"),
    ],
)
def test_the_form_says_what_was_chosen_and_what_changed(
    before: int | None, comment: Comment | None, said: str
) -> None:
    """A change of mind names both numbers, and asks of a comment whether it still fits."""
    built = comment_form(examples.wave(), 6, comment=comment, before=before)
    check(built)
    assert first(built) == said.format(UNTIL)
    assert built["close"]["text"] == ("Skip" if before is None else "Close")
    assert shows_comment(built["private_metadata"]) is (comment is not None)


def test_a_comment_is_found_in_its_form() -> None:
    """Whoever edits a comment finds it in the form, with its permission to quote."""
    built = comment_form(examples.wave(), 9, comment=examples.comment("Too dear.", may_quote=True))
    check(built)
    assert built["blocks"][1]["element"]["initial_value"] == "Too dear."
    tick = built["blocks"][2]["element"]
    assert tick["initial_options"] == tick["options"]
    unticked = comment_form(examples.wave(), 9, comment=examples.comment(may_quote=False))
    assert "initial_options" not in unticked["blocks"][2]["element"]


def test_answers_are_found_in_their_form() -> None:
    """Who has answered finds the statements filled in."""
    of = examples.wave(examples.pulse("umux_lite"))
    given = examples.response(of, 6, 5, said=examples.comment("Fine."))
    built = rate_form(of, response=given)
    check(built)
    chosen = [block["element"]["initial_option"]["value"] for block in built["blocks"][1:3]]
    assert chosen == ["6", "5"]
    assert built["blocks"][3]["element"]["initial_value"] == "Fine."


@pytest.mark.parametrize("key", ["nps", "sus"])
def test_a_named_form_says_who_sees_the_name(key: str) -> None:
    """In a named pulse the small line says that the name stands beside the answer."""
    of = examples.wave(replace(examples.pulse(key), named=True))
    built = rate_form(of, response=None) if key == "sus" else comment_form(of, 9, comment=None)
    check(built)
    assert "Priya Nair and workspace admins see your name with your answer and your comment." in str(built)
    assert "without your name, once" not in str(built)
    assert ("Not confidential." in str(built)) is (key == "sus")
    assert "quote" not in str(built)  # what is written with a name is quoted nowhere


def test_several_leads_are_counted() -> None:
    """The small line names the asker and counts the others."""
    of = replace(examples.pulse(), leads=("U1", "U2", "U3"))
    built = comment_form(examples.wave(of), 9, comment=None)
    assert "3 leads and workspace admins read it without your name" in str(built)
    of = replace(examples.pulse(), leads=("U1", "U2"))
    built = comment_form(examples.wave(of), 9, comment=None)
    assert "Priya Nair, another lead and workspace admins read it" in str(built)


def test_sent_points_are_read_back() -> None:
    """The state of a form as Slack sends it gives each item its point."""
    values: dict[str, dict[str, Any]] = {
        f"item/{item}": {"type": "radio_buttons", "selected_option": {"value": str(point)}}
        for item, point in ((1, 7), (2, 1))
    }
    assert read_points(values | {"comment": {"value": "Fine."}}) == {1: 7, 2: 1}


@pytest.mark.parametrize("state", [{}, {"selected_option": None}, {"selected_option": {"value": "9; drop"}}])
def test_forged_points_are_refused(state: dict[str, object]) -> None:
    """A state that no form of ours can have raises ForgedId."""
    with pytest.raises(ForgedId):
        read_points({"item/1": state})


def test_forms_of_every_instrument_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A form instrument with more points than radio buttons may have gets a list."""
    sus = INSTRUMENTS["sus"]
    wide = replace(sus, scale=replace(sus.scale, low=0, high=10, labels={0: "no", 10: "yes"}))
    monkeypatch.setitem(INSTRUMENTS, "sus", wide)
    check(rate_form(examples.wave(examples.pulse("sus")), response=None))
