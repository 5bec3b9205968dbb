"""Every button and every command through one bot, while Slack fails: never silence, never two sentences."""

import re
from collections.abc import Callable
from datetime import timedelta
from itertools import cycle, product
from typing import Any

import pytest

from bot.sandbox.acting import payloads
from bot.sandbox.acting.delivery import Delivery
from bot.sandbox.api.faults import Dropped, Fault, RateLimited, Refusal, ServerError, Silence
from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User
from handlers import register
from handlers.commands.command_table import SUBCOMMANDS
from jobs.messages.digest_setup.digest_draft import DigestDraft, write_digest
from jobs.messages.layout import comment_ids, digest_ids, edition_ids, ids, product_ids, saved_ids
from tests.conftest import Company, Running
from tests.jobs.scheduling import schedule

TOO_LONG = "That took too long. Nothing was saved. "
NOT_NOW = "Slack could not open the form just now. Nothing was saved. "
NO_FORM: list[tuple[Fault, str]] = [
    (Refusal("expired_trigger_id"), TOO_LONG),
    (RateLimited(30), NOT_NOW),
    (ServerError(500), NOT_NOW),
    (Dropped(), NOT_NOW),
]
NO_ANSWER: list[Fault | None] = [None, RateLimited(30), ServerError(500), Dropped()]
NOTHING = "00000000"
LINKS = {ids.OPEN_LINK, ids.OPEN_CX, ids.OPEN_UX}
GONE_PRODUCT = product_ids.write_order(product_ids.ProductOrder(verb="remove", id=NOTHING, name="Altas"))
GONE_DIGEST = write_digest(
    DigestDraft(
        product="Atlas", channel_id="C0GONE", sources=("C0GONE",), cadence="weekly mon 09:00", zone="UTC"
    )
)
BUTTONS = {
    "point/9": (f"rate/{NOTHING}/1/4", "9"),
    ids.OPEN_FORM: (f"rate/{NOTHING}", NOTHING),
    ids.ADD_COMMENT: (f"answer/{NOTHING}", NOTHING),
    ids.TAKE_BACK: (f"answer/{NOTHING}", NOTHING),
    ids.PRIVACY: ("quiet", NOTHING),
    ids.NOT_NOW: (f"quiet/{NOTHING}", NOTHING),
    ids.UNDO_NOT_NOW: (f"quiet/{NOTHING}", NOTHING),
    ids.STOP_ASKING: (f"quiet/{NOTHING}", NOTHING),
    ids.ASK_AGAIN: (f"quiet/{NOTHING}", NOTHING),
    ids.KEPT_OF_ME: (ids.ME_BLOCK, ""),
    ids.FORGET: (ids.ME_BLOCK, ""),
    ids.ASK: (ids.HELP_BLOCK, ""),
    ids.SCHEDULE: (ids.HELP_BLOCK, ""),
    ids.TAKE_DOWN: ("asked", NOTHING),
    ids.END_SCHEDULE: ("end", "99"),
    ids.MORE_COMMENTS: ("more", ""),
    ids.MORE_ANSWERS: ("more", ""),
    ids.CORRECT: ("comment", ""),
    "ask_anyway": (ids.TOO_SOON_BLOCK, "{}"),
    "name/known/1": (ids.NEW_NAME_BLOCK, "{}"),
    ids.NOT_ASKED: (ids.NEW_NAME_BLOCK, ""),
    "again/1": (ids.MEANT_BLOCK, "list"),
    ids.HELP: (ids.MEANT_BLOCK, ""),
    ids.EXAMPLE: (ids.HELP_BLOCK, ""),
    edition_ids.COMMENTS: (f"edition/{NOTHING}", "billing"),
    edition_ids.HOW: (f"edition/{NOTHING}", f"edition/{NOTHING}"),
    edition_ids.SHARE: (f"edition/{NOTHING}", f"edition/{NOTHING}"),
    edition_ids.UNSHARE: (f"edition/{NOTHING}", NOTHING),
    **dict.fromkeys(ids.WISHES, ("unread", NOTHING)),
    ids.ROW_MENU: ("row/1", "change 99"),
    "product/remove": (product_ids.BLOCK, GONE_PRODUCT),
    product_ids.KEEP: (product_ids.BLOCK, ""),
    product_ids.CHANGE_ROLE: (ids.ME_BLOCK, NOTHING),
    comment_ids.UNDO: ("comment", f"{NOTHING}/negative/-/0/1764/ux billing"),
    digest_ids.SET_UP: (digest_ids.digest_block(NOTHING), ""),
    digest_ids.CHANGE: (digest_ids.digest_block(NOTHING), NOTHING),
    digest_ids.PREVIEW: (digest_ids.digest_block(NOTHING), NOTHING),
    digest_ids.KEEP: (digest_ids.digest_block(NOTHING), GONE_DIGEST),
    digest_ids.START_AGAIN: (digest_ids.digest_block(NOTHING), GONE_DIGEST),
    digest_ids.meant(1): (digest_ids.digest_block(NOTHING), GONE_DIGEST),
    saved_ids.REMOVE: (saved_ids.saved_block(NOTHING), NOTHING),
    saved_ids.CORRECT: ("kept/0/0/1764/", f"{NOTHING}/positive"),
    saved_ids.SAY_IN_FORM: (ids.MEANT_BLOCK, "It is slow."),
    "a_button_of_long_ago": ("any", "1"),
}
"""Every button, of something that is gone: its block_id and value."""


WITH_WORDS = [
    "leads 1",
    "leads 1 add @ada",
    "leads 99",
    "change 1",
    "edit 99",
    "pause 1",
    "resume 1",
    "end 1",
    "remove 1",
    "digest Atlas weekly mon 09:00",
    "digest set",
    "digest now",
    "digest preview",
    "digest off",
    "products rename Atlas to Atlas Two",
    "products merge Atlas into Beacon",
    "products remove Atlas",
    "products 7",
    "ask nps about Altas",
    "ask nps about Atlas for 3 days",
    "ask nps about Atlas for 3 days",
    "close 2",
    "takedown 2",
    "score nps about Altas",
    "schedule csat about the support you just received weekly mon 09:00",
]
"""Commands with words, in an order in which each finds something to do."""


def _words(running: Running, user: User) -> list[Message]:
    return [*running.slack.ephemerals(user), *running.slack.dms(user)]


def _opened(running: Running) -> int:
    return len(
        [each for each in running.slack.feed.of("api.answer") if each["ok"] and "views." in each["method"]]
    )


async def _press(running: Running, user: User, where: dict[str, Any], action_id: str) -> list[str]:
    """What one press brings: new words to the person, and "a form" for each form."""
    world, (block_id, value) = running.slack.world, BUTTONS[action_id]
    action = {"action_id": action_id, "block_id": block_id, "value": value, "action_ts": world.moments.next()}
    payload = {
        **payloads._common(world, user, "block_actions"),
        "trigger_id": world.triggers.issue(user.id),
        "actions": [{"type": "button", **action}],
        **where,
    }
    seen, forms = _words(running, user), _opened(running)
    await running.slack.courier.deliver(Delivery("interactive", payload))
    await running.bot.background.drain()
    said = [each.text for each in _words(running, user) if each not in seen]
    return [*said, *["a form"] * (_opened(running) - forms)]


def _in_message(running: Running, company: Company) -> dict[str, Any]:
    world, channel_id = running.slack.world, company.channel.id
    answers_to = world.address + world.response_urls.issue(company.lead.id, channel_id, None)
    container = {"type": "message", "channel_id": channel_id, "is_ephemeral": False}
    return {"container": container, "channel": {"id": channel_id}, "response_url": answers_to}


class _Bound:
    """Notes what listeners are bound to, in place of Bolt's app."""

    def __init__(self) -> None:
        self.actions: list[str | re.Pattern[str]] = []

    def action(self, to: str | re.Pattern[str]) -> Callable[[object], None]:
        self.actions.append(to)
        return lambda _: None

    def _other(self, *_: object) -> Callable[[object], None]:
        return lambda _: None

    view = command = event = error = message_shortcut = _other


def test_no_button_is_left_out() -> None:
    """What listeners are bound to stands in the table here, but for links, which need no words."""
    bound = _Bound()
    register(bound, None)  # type: ignore[arg-type]
    patterns = [to for to in bound.actions if isinstance(to, re.Pattern)]
    left = [to for to in bound.actions if isinstance(to, str) and to not in {*LINKS, *BUTTONS}]
    assert not left
    assert all(any(pattern.match(each) for each in BUTTONS) for pattern in patterns)


async def test_every_button_of_what_is_gone(running: Running, company: Company) -> None:
    """Pressed in a message or in a form, however the answer fails, each brings one sentence or one form."""
    running.slack.limits.on = False
    faults = cycle(NO_ANSWER)
    in_form = {"view": {"id": "V0LONGAGO", "type": "modal"}, "container": {"type": "view"}}
    for action_id in BUTTONS:
        for fault in (next(faults), next(faults)):
            if fault:
                running.slack.faults.add("response_url", fault)
            got = await _press(running, company.lead, _in_message(running, company), action_id)
            running.slack.faults.clear()
            assert len(got) == 1, (action_id, fault, got)
        got = await _press(running, company.lead, in_form, action_id)
        assert len(got) == 1, (action_id, "in a form", got)


async def test_every_form_that_does_not_open(running: Running, company: Company) -> None:
    """The one sentence says why and what to press or type, over each road that is left to the person."""
    slack, (person, *others) = running.slack, company.people
    slack.limits.on = False
    question = await running.ask(company.lead, company.channel)
    statements = await running.ask(company.lead, company.channel, "sus about Atlas")
    await running.click(person, question, 9)
    (receipt,) = slack.ephemerals(person)
    await schedule(running, company)
    kept = await running.digest(company.lead, company.channel, "digest Atlas weekly mon 09:00")
    listed = await running.type(company.lead, company.channel, "list")
    roads: list[dict[str, Fault]] = [
        {},
        {"response_url": ServerError(500)},
        {"response_url": Dropped(), "chat.postEphemeral": RateLimited(30)},
    ]
    presses: list[tuple[User, Message | None, str, str]] = [
        (person, statements, "open_form", "Press Answer again."),
        (person, statements, "privacy", "Press Privacy again."),
        (person, receipt, "add_comment", "Press My answer and comment again."),
        (company.lead, None, "ask", "Type /pulse ask again."),
        (company.lead, None, "schedule", "Type /pulse schedule again."),
        (company.lead, None, "change 3", "Type /pulse change 3 again."),
        (company.lead, None, "digest change", "Type /pulse digest change again."),
        (company.lead, kept, "edit", "Press Change again."),
        (company.lead, listed, "schedule", "Press Repeat a question again."),
        (company.lead, listed, "digest", "Press Set up a digest again."),
        (company.lead, listed, "pulse_menu/change 3", "Type /pulse change 3 again."),
    ]
    road = cycle(roads)
    for (user, message, action, again), (fault, why) in product(presses, NO_FORM):
        running.clock.step(timedelta(minutes=1))  # by then a method that Slack has limited is called again
        slack.faults.add("views.open", fault)
        for method, broken in next(road).items():
            slack.faults.add(method, broken)
        seen = _words(running, user)
        menu, _, choice = action.partition("/")
        if message is None:
            await slack.command(user, company.channel, "/pulse", action)
        elif choice:
            await slack.select(user, message, menu, choice, block_id="row/1")
        else:
            await slack.click(user, message, action)
        await running.bot.background.drain()
        slack.faults.clear()
        said = [each.text for each in _words(running, user) if each not in seen]
        assert len(said) == 1, (action, fault, said)
        assert said[0].startswith(f"{why}{again}"), (action, fault, said)
    for user, (fault, _) in zip(others, NO_FORM, strict=False):
        running.clock.step(timedelta(minutes=1))
        slack.faults.add("views.open", fault)
        await slack.click(user, question, "point/7")
        await running.bot.background.drain()
        (told,) = _words(running, user)
        assert told.text.startswith("Your answer is saved: 7."), fault
    assert not slack.troubles


async def test_a_form_that_hangs(running: Running, company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is given up in time, and the person reads what to type."""
    monkeypatch.setattr("handlers.replies.FORM_LIMIT", 0.05)
    running.slack.faults.add("views.open", Silence(accepted=False))
    await running.slack.command(company.lead, company.channel, "/pulse", "ask")
    await running.bot.background.drain()
    running.slack.faults.release()
    (told,) = _words(running, company.lead)
    assert told.text == f"{TOO_LONG}Type /pulse ask again."


async def test_every_command_whose_answer_fails(running: Running, company: Company) -> None:
    """Each is answered once, in the channel to the person alone, else directly."""
    running.slack.limits.on = False
    faults = cycle(NO_ANSWER[1:])
    await schedule(running, company)
    for name in [*SUBCOMMANDS, *WITH_WORDS, "nonsense"]:
        running.slack.faults.add("response_url", next(faults) or Dropped())
        seen, forms = _words(running, company.lead), _opened(running)
        await running.slack.command(company.lead, company.channel, "/pulse", name)
        await running.bot.finish()
        running.slack.faults.clear()
        said = [each.text for each in _words(running, company.lead) if each not in seen]
        assert len(said) + _opened(running) - forms == 1, (name, said)
