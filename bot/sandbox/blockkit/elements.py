"""Block elements: buttons, menus, choices, pickers and inputs (docs.slack.dev/reference/block-kit)."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.blockkit.objects import (
    CONFIRM,
    IMAGE_SOURCE,
    MARKED_OPTION,
    MENU_OPTION,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    distinct_values,
    image_law,
    plain,
)
from bot.sandbox.blockkit.shapes import Choice, Flag, Many, Object, Problem, Shape, Whole, Words

_ACTION: Mapping[str, Shape] = {"action_id": Words(255)}
_ASKED: Mapping[str, Shape] = {**_ACTION, "confirm": CONFIRM}
_FOCUS: Mapping[str, Shape] = {"focus_on_load": Flag()}
_MENU: Mapping[str, Shape] = {**_ASKED, **_FOCUS, "placeholder": plain(150)}


def _options_law(value: dict[str, Any], at: str) -> Iterator[Problem]:
    """Options or groups, not both; what is chosen beforehand is one of them, word for word."""
    if "option_groups" in value or "options" not in value:
        if "option_groups" not in value or "options" in value:
            yield Problem(at, "must have exactly one of: options, option_groups")
            return
        offered = [option for group in value["option_groups"] for option in group["options"]]
    else:
        offered = value["options"]
        yield from distinct_values(offered, f"{at}/options")
    chosen = value.get("initial_options", [value["initial_option"]] if "initial_option" in value else [])
    for option in chosen:
        if option not in offered:
            name = "initial_options" if "initial_options" in value else "initial_option"
            yield Problem(f"{at}/{name}", "must be one of the options")


BUTTON = Object(
    "button",
    {"text": plain(75)},
    {
        **_ASKED,
        "url": Words(3000),
        "value": Words(2000),
        "style": Choice(("primary", "danger")),
        "accessibility_label": Words(75),
    },
)
OVERFLOW = Object("overflow", {"options": Many(OVERFLOW_OPTION, 5)}, _ASKED, laws=(_options_law,))
IMAGE = Object("image", {"alt_text": Words(2000)}, IMAGE_SOURCE, laws=(image_law,))

_OPTIONS: Mapping[str, Shape] = {
    "options": Many(MENU_OPTION, 100),
    "option_groups": Many(OPTION_GROUP, 100),
}
STATIC_SELECT = Object(
    "static_select", {}, {**_MENU, **_OPTIONS, "initial_option": MENU_OPTION}, laws=(_options_law,)
)
MULTI_STATIC_SELECT = Object(
    "multi_static_select",
    {},
    {
        **_MENU,
        **_OPTIONS,
        "initial_options": Many(MENU_OPTION, 100),
        "max_selected_items": Whole(1, 100),
    },
    laws=(_options_law,),
)
_FILTER = Object(
    None,
    {},
    {
        "include": Many(Choice(("im", "mpim", "private", "public")), 4),
        "exclude_external_shared_channels": Flag(),
        "exclude_bot_users": Flag(),
    },
)
CONVERSATIONS_SELECT = Object(
    "conversations_select",
    {},
    {
        **_MENU,
        "initial_conversation": Words(255),
        "default_to_current_conversation": Flag(),
        "filter": _FILTER,
    },
)
MULTI_CONVERSATIONS_SELECT = Object(
    "multi_conversations_select",
    {},
    {
        **_MENU,
        "initial_conversations": Many(Words(255), 100),
        "default_to_current_conversation": Flag(),
        "max_selected_items": Whole(1, 100),
        "filter": _FILTER,
    },
)
CHANNELS_SELECT = Object("channels_select", {}, {**_MENU, "initial_channel": Words(255)})
USERS_SELECT = Object("users_select", {}, {**_MENU, "initial_user": Words(255)})

RADIO_BUTTONS = Object(
    "radio_buttons",
    {"options": Many(MARKED_OPTION, 10)},
    {**_ASKED, **_FOCUS, "initial_option": MARKED_OPTION},
    laws=(_options_law,),
)
CHECKBOXES = Object(
    "checkboxes",
    {"options": Many(MARKED_OPTION, 10)},
    {**_ASKED, **_FOCUS, "initial_options": Many(MARKED_OPTION, 10)},
    laws=(_options_law,),
)
DATEPICKER = Object("datepicker", {}, {**_MENU, "initial_date": Words(10, 10)})
TIMEPICKER = Object("timepicker", {}, {**_MENU, "initial_time": Words(5, 5), "timezone": Words(255)})
DATETIMEPICKER = Object(
    "datetimepicker", {}, {**_ASKED, **_FOCUS, "initial_date_time": Whole(0, 9_999_999_999)}
)


def _lengths_law(value: dict[str, Any], at: str) -> Iterator[Problem]:
    if value.get("min_length", 0) > value.get("max_length", 3000):
        yield Problem(f"{at}/min_length", "must not be more than max_length")
    if len(value.get("initial_value", "")) > value.get("max_length", 3000):
        yield Problem(f"{at}/initial_value", "must not be longer than max_length")


_DISPATCH = Object(
    None, {"trigger_actions_on": Many(Choice(("on_enter_pressed", "on_character_entered")), 2)}
)
_TYPED: Mapping[str, Shape] = {
    **_ACTION,
    **_FOCUS,
    "placeholder": plain(150),
    "initial_value": Words(3000, 0),
    "dispatch_action_config": _DISPATCH,
}
PLAIN_TEXT_INPUT = Object(
    "plain_text_input",
    {},
    {**_TYPED, "multiline": Flag(), "min_length": Whole(0, 3000), "max_length": Whole(1, 3000)},
    laws=(_lengths_law,),
)
EMAIL_INPUT = Object("email_text_input", {}, _TYPED)
URL_INPUT = Object("url_text_input", {}, _TYPED)
NUMBER_INPUT = Object(
    "number_input",
    {"is_decimal_allowed": Flag()},
    {**_TYPED, "min_value": Words(40), "max_value": Words(40)},
)
