from typing import Any

import pytest

from bot.sandbox.blockkit import elements
from bot.sandbox.blockkit.shapes import Object
from tests.bot.sandbox.blockkit.test_objects import fits, words

OPTION = {"text": words(1), "value": "a"}
OTHER = {"text": words(1), "value": "b"}


def test_a_button_has_its_limits() -> None:
    """Text, ids, value, link and label as Slack documents them."""
    most: dict[str, Any] = {
        "type": "button",
        "text": words(75),
        "action_id": "a" * 255,
        "value": "v" * 2000,
        "url": "u" * 3000,
        "style": "danger",
        "accessibility_label": "l" * 75,
    }
    assert fits(elements.BUTTON, most)
    for key in ("action_id", "value", "url", "accessibility_label"):
        assert not fits(elements.BUTTON, most | {key: most[key] + "x"})
    assert not fits(elements.BUTTON, most | {"text": words(76)})
    assert not fits(elements.BUTTON, most | {"text": words(5, "mrkdwn")})
    assert not fits(elements.BUTTON, most | {"style": "default"})
    assert not fits(elements.BUTTON, most | {"placeholder": words(5)})


@pytest.mark.parametrize(
    "shape,most",
    [
        (elements.OVERFLOW, 5),
        (elements.STATIC_SELECT, 100),
        (elements.MULTI_STATIC_SELECT, 100),
        (elements.RADIO_BUTTONS, 10),
        (elements.CHECKBOXES, 10),
    ],
)
def test_menus_have_a_number_of_options(shape: Object, most: int) -> None:
    """One to the most, no two with the same value."""

    def menu(count: int) -> dict[str, Any]:
        return {"type": shape.type, "options": [{"text": words(1), "value": str(n)} for n in range(count)]}

    assert fits(shape, menu(1))
    assert fits(shape, menu(most))
    assert not fits(shape, menu(most + 1))
    assert not fits(shape, menu(0))
    assert not fits(shape, {"type": shape.type, "options": [OPTION, OPTION]})


def test_what_is_chosen_beforehand_is_offered() -> None:
    """An initial option must be one of the options, word for word."""
    select = {"type": "static_select", "options": [OPTION, OTHER]}
    assert fits(elements.STATIC_SELECT, select | {"initial_option": OTHER})
    assert not fits(elements.STATIC_SELECT, select | {"initial_option": OTHER | {"text": words(2)}})
    ticks = {"type": "checkboxes", "options": [OPTION]}
    assert fits(elements.CHECKBOXES, ticks | {"initial_options": [OPTION]})
    assert not fits(elements.CHECKBOXES, ticks | {"initial_options": [OTHER]})


def test_a_select_has_options_or_groups() -> None:
    """Exactly one of them; a group's option may be chosen beforehand."""
    group = {"label": words(3), "options": [OPTION]}
    assert fits(
        elements.STATIC_SELECT, {"type": "static_select", "option_groups": [group], "initial_option": OPTION}
    )
    assert not fits(elements.STATIC_SELECT, {"type": "static_select"})
    both = {"type": "static_select", "option_groups": [group], "options": [OPTION]}
    assert not fits(elements.STATIC_SELECT, both)


def test_a_conversation_menu_can_be_filtered() -> None:
    """Kinds of conversation and two flags, nothing else."""
    menu = {
        "type": "conversations_select",
        "default_to_current_conversation": True,
        "placeholder": words(150),
    }
    assert fits(elements.CONVERSATIONS_SELECT, menu | {"filter": {"include": ["public", "private"]}})
    assert not fits(elements.CONVERSATIONS_SELECT, menu | {"filter": {"include": ["secret"]}})
    assert not fits(elements.CONVERSATIONS_SELECT, menu | {"placeholder": words(151)})


def test_a_text_input_has_lengths_that_agree() -> None:
    """At most 3,000; the least not over the most; what stands there beforehand not longer."""
    field = {"type": "plain_text_input", "action_id": "a"}
    assert fits(
        elements.PLAIN_TEXT_INPUT, field | {"max_length": 3000, "multiline": True, "initial_value": ""}
    )
    assert not fits(elements.PLAIN_TEXT_INPUT, field | {"max_length": 3001})
    assert not fits(elements.PLAIN_TEXT_INPUT, field | {"min_length": 5, "max_length": 4})
    assert not fits(elements.PLAIN_TEXT_INPUT, field | {"max_length": 3, "initial_value": "four"})


@pytest.mark.parametrize(
    "shape,good",
    [
        (elements.DATEPICKER, {"type": "datepicker", "initial_date": "2026-11-02"}),
        (elements.TIMEPICKER, {"type": "timepicker", "initial_time": "09:00"}),
        (elements.DATETIMEPICKER, {"type": "datetimepicker", "initial_date_time": 1_800_000_000}),
        (elements.USERS_SELECT, {"type": "users_select", "initial_user": "U1"}),
        (elements.CHANNELS_SELECT, {"type": "channels_select", "initial_channel": "C1"}),
        (elements.NUMBER_INPUT, {"type": "number_input", "is_decimal_allowed": False}),
        (elements.EMAIL_INPUT, {"type": "email_text_input"}),
        (elements.URL_INPUT, {"type": "url_text_input"}),
        (elements.IMAGE, {"type": "image", "image_url": "https://x", "alt_text": "x"}),
        (
            elements.MULTI_CONVERSATIONS_SELECT,
            {"type": "multi_conversations_select", "max_selected_items": 3},
        ),
    ],
)
def test_the_other_elements_know_their_keys(shape: Object, good: dict[str, Any]) -> None:
    """Each takes its own form and no key more."""
    assert fits(shape, good)
    assert not fits(shape, good | {"colour": "red"})
