"""Whether words are a product's name, or stand in the question."""

import pytest

from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.permissions.what_about import About, is_phrase, is_task, what_about
from tests.conftest import MONDAY, Running
from tests.standing import TEAM, a_pulse

PHRASES = [
    "the support you just received", "The support you just received", "your last order", "your order",
    "the onboarding process", "our new checkout flow", "how we answered your ticket", "this release",
    "a call with our team", "support you got from us", "the way we handled your claim",
    "my first week at work",
]  # fmt: skip
NAMES = [
    "Atlas", "Altas", "the app", "The Hub", "Our Portal", "customer support", "Big Blue", "atlas mobile app",
    "The New York Times", "iOS", "checkout", "A1 Steak", "Your", "", "Life in Mono",
]  # fmt: skip


@pytest.mark.parametrize("words", PHRASES)
def test_what_is_plainly_no_name_is_a_phrase(words: str) -> None:
    """An article or "your" and small letters, or many small words."""
    assert is_phrase(words)


@pytest.mark.parametrize("words", NAMES)
def test_what_may_be_a_name_is_none(words: str) -> None:
    """What is not plain is taken for a name, and a new name is asked about first."""
    assert not is_phrase(words)


@pytest.mark.parametrize(
    "words, task",
    [("send an invoice", True), ("Send an invoice", True), ("export to CSV", True), ("log in", True),
     ("Atlas", False), ("checkout", False), ("Big Blue", False), ("", False)],
)  # fmt: skip
def test_a_task_has_more_than_a_name(words: str, *, task: bool) -> None:
    """A task is at least two words, not all of them written like names."""
    assert is_task(words) is task


ONE, MANY, NONE = "C0ONE", "C0MANY", "C0NONE"
SAME = ("Atlas: Atlas", "Atlas: ATLAS", "Atlas, atlas")
RECEIVED = "the support you just received"
ABOUT = [
    ("csat", ONE, RECEIVED, About("Atlas", RECEIVED)),
    ("csat", ONE, "The support of Atlas", About("Atlas", "The support of Atlas")),
    ("csat", MANY, "the support of Beacon", About("Beacon", "the support of Beacon")),
    ("csat", MANY, RECEIVED, f"/pulse ask csat about Atlas: {RECEIVED}"),
    ("csat", NONE, RECEIVED, f"/pulse ask csat about Atlas: {RECEIVED}"),
    ("csat", MANY, "Beacon: the new editor", About("Beacon", "the new editor")),
    ("csat", NONE, "Zeus: the new editor", About("Zeus", "the new editor")),
    ("nps", ONE, "Halo: Reach", About("Halo: Reach")),
    ("nps", ONE, "Halo: about Reach", About("Halo: about Reach")),
    ("nps", ONE, "Atlas: about Beacon", About("Atlas: about Beacon")),
    ("csat", ONE, "the support", About("Atlas", "the support")),
    ("csat", ONE, "our onboarding", About("Atlas", "our onboarding")),
    ("csat", MANY, "the support", About("the support")),
    ("nps", ONE, "the Hub", About("the Hub")),
    ("nps", MANY, "the Beacon", About("the Beacon")),
    ("nps", ONE, "our Atlas", About("our Atlas")),
    ("nps", ONE, "Altas", About("Altas")),
    ("nps", ONE, "atlas now", About("atlas")),
    ("nps", ONE, "Atlas please", About("Atlas")),
    ("nps", ONE, "Atlas in this channel", About("Atlas")),
    ("csat", ONE, "Altas, in here", About("Altas")),
    ("nps", ONE, "atlas right now please", About("atlas")),
    ("csat", ONE, f"{RECEIVED} in this channel", About("Atlas", RECEIVED)),
    ("csat", MANY, "Beacon, the new editor", About("Beacon", "the new editor")),
    ("csat", MANY, "Sales, Inc", About("Sales, Inc")),
    ("csat", ONE, "Atlas :rocket:", About("Atlas :rocket:")),
    ("ces", ONE, "Atlas Pro", "/pulse ask ces about Atlas Pro: the support of Atlas Pro"),
    ("nps", ONE, "customer support", About("customer support")),
    ("seq", ONE, "send an invoice", About("Atlas", "send an invoice")),
    ("seq", MANY, "send an invoice with Beacon", About("Beacon", "send an invoice with Beacon")),
    ("seq", MANY, "Beacon: send an invoice", About("Beacon", "send an invoice")),
    ("seq", MANY, "send an invoice", "/pulse ask seq about Atlas: send an invoice"),
    ("seq", ONE, "Atlas", "SEQ asks about a task. Name it, for example: send an invoice."),
    ("seq", ONE, "Altas", "SEQ asks about a task."),
    ("ces", ONE, "Atlas", "For example: the support of Atlas."),
    ("ces", ONE, "the support of Atlas", About("Atlas", "the support of Atlas")),
    ("ces", ONE, "Atlas support", About("Atlas", "Atlas support")),
    ("ces", ONE, "Altas", "CES asks about an issue that was solved."),
    ("ces", ONE, "Altas: our support", About("Altas", "our support")),
    ("ces", ONE, "the support", About("Atlas", "the support")),
    ("ces", ONE, "our helpdesk", About("Atlas", "our helpdesk")),
    ("ces", MANY, "the support", "/pulse ask ces about Atlas: the support"),
    ("ces", ONE, "The Hub", "CES asks about an issue that was solved."),
    *(("seq", ONE, same, "SEQ asks about a task.") for same in SAME),
    *(("ces", ONE, same, "For example: the support of Atlas.") for same in SAME),
    ("csat", ONE, "Atlas: atlas", About("Atlas")),
]  # fmt: skip


async def test_words_belong_to_the_only_product_or_to_the_one_that_they_name(running: Running) -> None:
    """With none or several the answer says how to name it; a product alone is no task and no service."""
    store, directory = running.bot.store, running.bot.context.directory
    for channel in (ONE, MANY):
        await a_pulse(store, rule=None, zone="UTC", channel_id=channel, lead_id="U0LEAD", now=MONDAY)
    beacon = await store.products.find(TEAM, "Beacon")
    assert beacon is not None
    await a_pulse(
        store, rule=None, zone="UTC", channel_id=MANY, lead_id="U0LEAD", now=MONDAY, product=beacon.name
    )
    for instrument, channel, typed, expected in ABOUT:
        asker = Requester(team_id=TEAM, user_id="U0LEAD", channel_id=channel, now=MONDAY)
        try:
            found: About | str = await what_about(
                store, directory, asker, typed, instrument=instrument, quoted=False
            )
        except Refused as refused:
            found = str(refused)
        if isinstance(expected, str):
            assert expected in str(found), typed
        else:
            assert found == expected, typed
