"""Every id that Bifocal writes into Slack, beside the function that reads it back.

A `block_id` says which wave and item, an `action_id` which point. Whoever presses a button can send anything:
each reader raises ForgedId for what no function here writes.
"""

import json
import re
from dataclasses import dataclass


class ForgedId(ValueError):
    """An id that Bifocal has not written, or not in this version."""


_ID = r"[0-9A-Za-z_-]{1,64}"

# Each action_id, as a listener is registered for it
POINT = re.compile(r"^point/[0-9]{1,3}$")
OPEN_FORM = "open_form"
ADD_COMMENT = "add_comment"
TAKE_BACK = "take_back"
PRIVACY = "privacy"
KEPT_OF_ME = "kept_of_me"
FORGET = "forget"
NOT_NOW, UNDO_NOT_NOW = "not_now", "undo_not_now"
STOP_ASKING, ASK_AGAIN = "stop_asking", "ask_again"
ASK = "ask"
SCHEDULE = "schedule"
TAKE_DOWN = "take_down"
END_SCHEDULE = "end_schedule"
MORE_COMMENTS = "more_comments"
MORE_ANSWERS = "more_answers"
TURN_COMMENTS, TURN_ANSWERS = (re.compile(rf"^{more}(/back)?$") for more in (MORE_COMMENTS, MORE_ANSWERS))
CORRECT = "correct"
WISHES = ("digest_yes", "digest_monthly", "digest_stop")  # what shall become of a digest
HELD_DRAFT = re.compile(r"^(name/(known|new)(/[0-9])?|ask_anyway)$")
NOT_ASKED = "name/cancel"
RUN = "again"
ROW_MENU = "pulse_menu"
AGAIN = re.compile(r"^again(/[0-9])?$")
OPEN_CX, OPEN_UX = "open_cx", "open_ux"  # links too
EXAMPLE = "example"
HELP = "help"
OPEN_LINK = "open_link"  # Slack follows the link; the press only wants an acknowledgement

HOME = "home"  # the Home tab, and the value of its buttons that are about no question

# Each callback_id of a form
COMMENT_FORM = "comment"
RATE_FORM = "rate_form"
FORM_SENT = "form_sent"
PRIVACY_VIEW = "privacy"
KEPT_VIEW = "kept_of_me"
ASK_FORM = "ask"
ASK_PREVIEW = "ask_preview"
TOPIC_FORM = "correct_topic"
NEW_NAME_FORM = "new_name"

TOLD_VIEW = "told"

# Each block_id of an input
COMMENT_BLOCK = "comment"
ALLOW_BLOCK = "allow"
TOPIC_BLOCK = "topic"
INSTRUMENT_BLOCK = "instrument"
PRODUCT_BLOCK = "product"
SUBJECT_BLOCK = "subject"
CHANNEL_BLOCK = "channel"
OFTEN_BLOCK = "often"
AT_BLOCK = "at"
ZONE_BLOCK = "zone"
OPEN_FOR_BLOCK = "open_for"
NAMES_BLOCK = "names"
NAME_BLOCK = "name"

# Each block_id of buttons that are about no wave
HOME_ME_BLOCK, HOME_LEAD_BLOCK = "home/me", "home/lead"
ME_BLOCK = "me"
HELP_BLOCK = "help"
NEW_NAME_BLOCK = "new_name"
TOO_SOON_BLOCK = "too_soon"
MEANT_BLOCK = "did_you_mean"
DIGEST_OFFER_BLOCK = "digest_offer"


def home_row(channel_id: str, place: str) -> str:
    """A row of the Home tab about something in a channel: `row/C0ATLAS/5`."""
    return f"row/{channel_id}/{place}"


def read_home_row(block_id: str) -> str:
    """The channel of a row of the Home tab."""
    return _match(rf"row/({_ID})/[0-9A-Za-z_/-]{{1,80}}", block_id)[0]


def rate_block(wave_id: str, item: int, first: int) -> str:
    """The row of number buttons for an item that begins with the point `first`: `rate/41/1/4`."""
    return f"rate/{wave_id}/{item}/{first}"


def read_rate_block(block_id: str) -> tuple[str, int]:
    """The wave and the item of a row of number buttons."""
    wave_id, item, _ = _match(rf"rate/({_ID})/([0-9]{{1,2}})/([0-9]{{1,3}})", block_id)
    return wave_id, int(item)


def point(value: int) -> str:
    """The button of a point: `point/7`."""
    return f"point/{value}"


def read_point(action_id: str) -> int:
    """The point of a number button."""
    return int(_match(r"point/([0-9]{1,3})", action_id)[0])


def form_block(wave_id: str) -> str:
    """The row of the button Answer: `rate/43`."""
    return f"rate/{wave_id}"


def read_form_block(block_id: str) -> str:
    """The wave of the button Answer."""
    return _match(rf"rate/({_ID})", block_id)[0]


def item_block(item: int) -> str:
    """A statement of a form: `item/1`."""
    return f"item/{item}"


def read_item_block(block_id: str) -> int:
    """The item of a statement in a form."""
    return int(_match(r"item/([0-9]{1,2})", block_id)[0])


def quiet_block(wave_id: str) -> str:
    """The row of quiet buttons under a question."""
    return f"quiet/{wave_id}"


def answer_block(wave_id: str) -> str:
    """The row of buttons about one's own answer: `answer/41`."""
    return f"answer/{wave_id}"


def read_answer_block(block_id: str) -> str:
    """The wave of the buttons about one's own answer."""
    return _match(rf"answer/({_ID})", block_id)[0]


def asked_block(wave_id: str) -> str:
    """The row of the button Take it down."""
    return f"asked/{wave_id}"


def edition_block(edition_id: str) -> str:
    """The row of buttons under a digest."""
    return f"edition/{edition_id}"


def write_wave(wave_id: str, *, has_comment: bool = False) -> str:
    """The private_metadata of a form about a wave, and whether it shows a comment: `{"wave":"41"}`."""
    return json.dumps({"wave": wave_id} | ({"comment": 1} if has_comment else {}), separators=(",", ":"))


def shows_comment(private_metadata: str) -> bool:
    """Whether a form, of which the wave has been read, was opened with a comment in it."""
    return "comment" in json.loads(private_metadata)


def read_wave(private_metadata: str) -> str:
    """The wave of a form."""
    try:
        wave_id = json.loads(private_metadata)["wave"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ForgedId("not the metadata of a form about a wave") from error
    return _match(rf"({_ID})", str(wave_id))[0]


@dataclass(frozen=True, slots=True)
class Page:
    """Where somebody reads: the words typed after `/pulse comments`, how many came before, in what order.

    `seed` is what the order was drawn from, so that the pages of one reader fit together.
    """

    words: str
    offset: int
    seed: int = 0


def write_page(page: Page) -> str:
    """The value of the button More: `3/1764/ux billing`."""
    return f"{page.offset}/{page.seed}/{page.words}"


def read_page(value: str) -> Page:
    """The page that the button More asks for."""
    offset, seed, words = _match(r"([0-9]{1,5})/([0-9]{1,20})/([^\x00]{0,1500})", value)
    return Page(words, int(offset), int(seed))


def comment_block(place: int, page: Page) -> str:
    """A comment with its menu, at a place of a page: `comment/0/3/1764/ux billing`, within 255 characters."""
    return f"comment/{place}/{write_page(page)}"[:255]


def read_comment_block(block_id: str) -> Page:
    """The page on which a comment with its menu stands."""
    return read_page(_match(r"comment/[0-9]/(.*)", block_id)[0])


def correction(comment_id: str, what: str) -> str:
    """A choice of the menu beside a comment: `901/positive`, `901/topic`, `901/hide`."""
    return f"{comment_id}/{what}"


def read_correction(value: str) -> tuple[str, str]:
    """The comment and what is said of it."""
    comment_id, what = _match(rf"({_ID})/([a-z]{{1,20}})", value)
    return comment_id, what


def comments_block(offset: int) -> str:
    """The row of the button More: `comments/3`."""
    return f"comments/{offset}"


def schedule_block(number: int) -> str:
    """The row of the button that ends a schedule: `schedule/3`."""
    return f"schedule/{number}"


def read_number(value: str) -> int:
    """The pulse of that button, by its number."""
    return int(_match(r"([0-9]{1,9})", value)[0])


def answers_block(offset: int) -> str:
    """The row of the button for more answers with names: `answers/3`."""
    return f"answers/{offset}"


def _match(pattern: str, text: str) -> tuple[str, ...]:
    found = re.fullmatch(pattern, text)
    if found is None:
        raise ForgedId(f"no id of ours: {text[:80]!r}")
    return found.groups()
