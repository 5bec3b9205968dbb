"""Every button that a respondent gets, pressed at every later moment: what is said is true, never silence."""

import ast
import json
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User
from tests.conftest import Company, Running
from tests.handlers.pressing import Press, pressed
from tests.handlers.scene import forged, refused

TEXT = "Support is quick."
CHOSE_9 = "You chose 9. To change it, click another number until Mon 9 Nov, 10:00 CET."
CHOSE_6 = "You chose 6. To change it, click another number until Mon 9 Nov, 10:00 CET."
SENT = "Your answer and your comment are saved. You can change both until Mon 9 Nov, 10:00 CET: "
SENT += "click a number, or My answer and comment."
IN_GRACE = "Your answer and your comment are saved. "
IN_GRACE += "This closed Mon 9 Nov, 10:00 CET, so nothing can be changed any more."
LATE = "This closed Mon 9 Nov, 10:00 CET. Your text was not saved. You can copy it from here:"
ERASED = "Your answer is erased. You can answer again until Monday 9 November at 10:00 CET."
NONE = "There is no answer of yours to this question."
NONE_YET = f"{NONE} You can answer it until Monday 9 November at 10:00 CET."
NO_COMMENT = f"{NONE} Nothing was saved; copy your text if you need it."
CLOSED = "This closed Monday 9 November at 10:00 CET"
TOO_LATE = f"{CLOSED}, before your click. Nothing was saved."
STAYS = f"{CLOSED}, before your click. Your earlier answer stays."
FIXED = f"{CLOSED}. Your answer can no longer be changed. Button: What is kept of me."
NOT_YOURS = f"{CLOSED}. There is no answer of yours to it. Button: What is kept of me."
COUNTED = f"{CLOSED}. Its answers are counted and can no longer be changed. Button: What is kept of me."
DOWN = "This question was taken down. Its answers and comments are erased."
PRIVACY = "What you choose is shown to nobody on its own, also not to Priya Nair or an admin. "
PRIVACY += "It counts only together with 9 others or more. "
PRIVACY += "With 4 to 8 others it may count for a word: leaning good, poor or neither."
NPS, BOREA = (
    "NPS about Atlas, <#C0ATLAS>, open\nYou chose ",
    "NPS about Borea, <#C0ATLAS>, open\nYou chose 9.",
)
ARIA = "NPS about Aria, <#C0ATLAS>, November\nYou chose 9."
NO_DATA = "Nothing is kept of you."

MINE, BACK, KEPT, SEND = "add_comment", "take_back", "kept_of_me", "send"
ROWS: dict[str, list[tuple[str, str]]] = {
    "changed": [
        ("point/6", "Changed from 9 to 6."),
        ("point/6", CHOSE_6),
        (MINE, CHOSE_6),
        ("privacy", PRIVACY),
        (SEND, SENT),
        (KEPT, f"{NPS}6."),
        ("point/9", "Changed from 6 to 9. Your comment is kept; does it still fit?"),
        (MINE, CHOSE_9),
    ],
    "open": [(MINE, CHOSE_9), (SEND, SENT), (KEPT, f"{NPS}9."), (BACK, ERASED), (BACK, NONE_YET)],
    "taken back": [(MINE, NONE_YET), (SEND, NO_COMMENT), (KEPT, BOREA), ("privacy", PRIVACY)],
    "somebody else": [(MINE, NONE_YET), (SEND, NO_COMMENT), (BACK, NONE_YET), (BACK, NONE_YET)],
    "forgotten": [(MINE, NONE_YET), (SEND, NO_COMMENT), (KEPT, NO_DATA), (BACK, NONE_YET)],
    "renamed": [(MINE, CHOSE_9), (KEPT, "NPS about Aria, <#C0ATLAS>, open\nYou chose 9.")],
    "archived": [(MINE, CHOSE_9), (KEPT, "NPS about Aria, <#C0ATLAS>, open\nYou chose 9.")],
    "taken down": [
        ("point/4", DOWN),
        (MINE, DOWN),
        ("privacy", DOWN),
        (SEND, DOWN),
        (BACK, DOWN),
        (BACK, DOWN),
        (KEPT, "NPS about Aria, <#C0ATLAS>, open\nYou chose 9."),
    ],
    "closed": [
        ("point/4", STAYS),
        (MINE, FIXED),
        (SEND, IN_GRACE),
        (BACK, FIXED),
        (BACK, FIXED),
        (KEPT, ARIA),
    ],
    "closed, somebody else": [
        ("point/4", TOO_LATE),
        (MINE, NOT_YOURS),
        (SEND, NO_COMMENT),
        (BACK, NOT_YOURS),
    ],
    "statements": [
        ("open_form", "How far do you agree? Nothing is sent until you press Send."),
        (BACK, NONE_YET),
    ],
    "closed statements": [("open_form", TOO_LATE), (BACK, NOT_YOURS)],
    "waiting": [("point/4", STAYS), (MINE, FIXED), (SEND, LATE), (BACK, FIXED), (KEPT, ARIA)],
    "waiting, forgotten": [
        ("forget", "You are forgotten. 1 comment erased, 1 open answer deleted."),
        ("forget", "Nothing was kept of you, so nothing was erased."),
        ("point/4", TOO_LATE),
        (MINE, NOT_YOURS),
        (SEND, LATE),
        (BACK, NOT_YOURS),
        (KEPT, NO_DATA),
    ],
    "counted": [
        ("point/4", TOO_LATE),
        (MINE, COUNTED),
        ("privacy", PRIVACY),
        (SEND, LATE),
        (BACK, COUNTED),
        (BACK, COUNTED),
        (KEPT, "NPS about Borea: counted in November, no longer tied to you"),
    ],
    "counted, somebody else": [("point/4", TOO_LATE), (MINE, COUNTED), (SEND, LATE), (BACK, COUNTED)],
}
"""At each moment what is pressed, one after another, and how what is read then begins."""


class Hand:
    """Presses what belongs to a question, as anybody, and notes where something else is read."""

    def __init__(self, running: Running, company: Company) -> None:
        self.running, self.company = running, company
        self.wrong: list[tuple[str, str, str, str]] = []

    async def press(self, user: User, message: Message, what: str, text: str = TEXT) -> str:
        """What somebody reads after a press: in private, in a form, or in the form that they send."""
        slack = self.running.slack
        for view in reversed(slack.views(user)):
            await slack.close_view(user, view)
        said = await pressed(self.running, self.company, user, _press(message, what, text))
        if said.startswith("{"):
            body = ast.literal_eval(said)
            said = _words(body["view"]) if "view" in body else " ".join(body["errors"].values())
        return said or " ".join(_words(view.body) for view in slack.views(user))

    async def moment(self, name: str, user: User, message: Message) -> None:
        """Press all of one moment."""
        for what, expected in ROWS[name]:
            said = await self.press(user, message, what)
            if not said.startswith(expected):
                self.wrong.append((name, what, expected, said))


def _press(message: Message, what: str, text: str) -> Press:
    wave = message.blocks[-1]["block_id"].split("/")[1]
    if what == SEND:
        box = {"comment": {"text": {"type": "plain_text_input", "value": text}}}
        return Press(action="comment", value=json.dumps({"wave": wave}), form=box)
    kind = "rate" if what == "open_form" else "answer"
    block = f"rate/{wave}/1/0" if what.startswith("point/") else f"{kind}/{wave}"
    return Press(action=what, value=wave, block=block)


def _words(view: Mapping[str, Any]) -> str:
    """The first paragraph of a form, as it is seen."""
    text = next(block["text"]["text"] for block in view["blocks"] if block["type"] == "section")
    return re.sub(r"<!date[^|]*\|([^>]*)>", r"\1", text).replace("*", "")


async def test_every_button_at_every_later_moment(running: Running, company: Company) -> None:
    """Changed, taken back, forgotten, renamed, taken down, closed, waiting, counted: the sentence is true."""
    running.slack.limits.on = False
    lead, channel, people = company.lead, company.channel, company.people
    nps, csat, borea, umux = [
        (await running.ask(lead, channel, words)).snapshot()
        for words in ("nps about Atlas", "csat about Beacon", "nps about Borea", "umux about Calypso")
    ]
    hand = Hand(running, company)
    for person in people:
        await hand.press(person, borea, "point/9")
    for person in people[:5]:
        await hand.press(person, nps, "point/9")
    await hand.moment("changed", people[1], nps)
    await hand.moment("open", people[2], nps)
    await hand.moment("taken back", people[2], nps)
    await hand.moment("somebody else", people[5], nps)
    await hand.press(people[3], nps, "forget")
    await hand.moment("forgotten", people[3], nps)
    await hand.moment("statements", people[0], umux)
    store, team_id = running.bot.store, running.slack.workspace.team.id
    atlas = await store.products.find(team_id, "Atlas")
    assert atlas is not None
    await store.product_changes.rename(atlas, "Aria")
    await hand.moment("renamed", people[0], nps)
    channel.is_archived = True
    await hand.moment("archived", people[0], nps)
    channel.is_archived = False
    await hand.press(people[0], csat, "point/5")
    await running.type(lead, channel, "takedown 2")
    await running.slack.click(lead, running.slack.ephemerals(lead)[-1], "take_down")
    await running.settle()
    await hand.moment("taken down", people[0], csat)
    await running.step(timedelta(days=7, minutes=5))
    await hand.moment("closed", people[0], nps)
    await hand.moment("closed, somebody else", people[5], nps)
    await hand.moment("closed statements", people[5], umux)
    await hand.press(people[4], nps, SEND)
    await running.step(timedelta(minutes=11))
    await hand.moment("waiting", people[0], nps)
    await hand.moment("counted", people[6], borea)
    await hand.moment("counted, somebody else", company.admin, borea)
    await hand.moment("waiting, forgotten", people[4], nps)
    assert not hand.wrong
    assert not running.slack.troubles
    assert not refused(running.slack)


async def test_two_forms_of_one_answer(running: Running, company: Company) -> None:
    """An older form that is sent last saves what is in it; an empty one erases nothing that it never had."""
    question = (await running.ask(company.lead, company.channel)).snapshot()
    person, hand = company.people[0], Hand(running, company)
    await hand.press(person, question, "point/9")
    assert await hand.press(person, question, SEND) == SENT
    empty = await hand.press(person, question, SEND, text="")
    assert empty.startswith("Your answer is saved. You can change it until ")
    mine = await running.type(person, company.channel, "me")
    assert mine is not None
    assert f"You wrote: {TEXT}" in mine.text
    await hand.press(person, question, "point/9")
    form = running.slack.views(person)[-1]
    sent = await running.slack.submit(person, form, {"comment": None})
    assert sent.ok
    said = _words(running.slack.views(person)[-1].body)
    assert said.startswith("Your answer is saved. Your comment is erased. You can change it until ")
    mine = await running.type(person, company.channel, "me")
    assert mine is not None
    assert "You wrote" not in mine.text


async def test_a_form_of_a_question_that_was_taken_down_keeps_its_text(
    running: Running, company: Company
) -> None:
    """Both kinds of forms stay open with the true reason at their field."""
    running.slack.limits.on = False
    person = company.people[0]
    for number, words in ((1, "nps about Atlas"), (2, "umux about Beacon")):
        question = await running.ask(company.lead, company.channel, words)
        await running.slack.click(person, question, "point/9" if number == 1 else "open_form")
        await running.bot.finish()
        form = running.slack.views(person)[-1]
        await running.type(company.lead, company.channel, f"takedown {number}")
        await running.slack.click(company.lead, running.slack.ephemerals(company.lead)[-1], "take_down")
        await running.settle()
        filled = {"comment": TEXT} if number == 1 else {"comment": TEXT, "item/1": "4", "item/2": "5"}
        sent = await running.slack.submit(person, form, filled)
        assert list(sent.errors.values()) == [
            "This question was taken down. Nothing was saved; copy your text if you need it."
        ]
        assert running.slack.views(person)
        await running.slack.close_view(person, running.slack.views(person)[-1])


async def test_a_button_in_a_form_that_changed_meanwhile(running: Running, company: Company) -> None:
    """What cannot be said in the form any more, as it shows another page, is said in private."""
    question = (await running.ask(company.lead, company.channel)).snapshot()
    person, slack = company.people[0], running.slack
    await running.click(person, question, 9)
    form = slack.views(person)[-1]
    pressed_before = await slack.click(person, form, KEPT)
    await running.bot.finish()
    await slack.close_view(person, slack.views(person)[-1])
    await slack.submit(person, form, {"comment": TEXT})
    wave = question.blocks[-1]["block_id"].split("/")[1]
    await forged(running, pressed_before, action_id=BACK, block_id=f"answer/{wave}", value=wave)
    assert slack.dms(person)[-1].text == ERASED
    assert _words(slack.views(person)[-1].body) == SENT  # the page that was sent meanwhile is left alone
