"""The Home tab: what it says, and that Slack takes it however much there is."""

from dataclasses import replace

import pytest

from bot.sandbox.blockkit import validate_view
from jobs.messages.home.home_page import MOST_OPEN, Home, OpenQuestion, home_page
from jobs.messages.home.what_i_run import LastEdition
from jobs.messages.layout.blocks import View
from storage.records import KeptOfPerson, KnownProduct, Lens, Origin, Role, SavedMessage
from tests.jobs.messages import examples

NOTHING = KeptOfPerson()


def said(view: View) -> str:
    """All paragraphs of a page that Slack takes."""
    assert validate_view(view) == []
    texts = [block["text"] for block in view["blocks"] if "text" in block]
    small = [each for block in view["blocks"] if block["type"] == "context" for each in block["elements"]]
    return "\n".join(each["text"] for each in (*texts, *small))


def test_with_nothing_there_is_nothing_to_answer() -> None:
    """The page of somebody of whom nothing is kept, and whom nobody asks."""
    page = said(home_page(Home(kept=NOTHING), now=examples.NOW))
    assert "*Open now*\nNothing to answer." in page
    assert "*Kept of you*\nNothing." in page
    assert "Only you see this page." in page


def test_the_way_is_for_those_who_may_ask_and_run_nothing_yet() -> None:
    """While nothing was ever asked; whoever has scheduled something sees that instead."""
    new = Home(kept=NOTHING, may_ask=True, ever_asked=False)
    assert "Bifocal is installed" in said(home_page(new, now=examples.NOW))
    scheduled = replace(new, runs=[(examples.pulse(), None)])
    assert "Bifocal is installed" not in said(home_page(scheduled, now=examples.NOW))
    assert "Bifocal is installed" not in said(home_page(replace(new, may_ask=False), now=examples.NOW))


@pytest.mark.parametrize("answered, words", [(0, "3 more questions wait."), (2, "You have answered 2 open")])
def test_what_does_not_fit_is_counted(answered: int, words: str) -> None:
    """Some questions stand with their links, the others in a sentence."""
    wave = examples.wave()
    waiting = [OpenQuestion(wave, answered=False, link="https://x.example/p1")] * (MOST_OPEN + 3)
    done = [OpenQuestion(wave, answered=True, link=None)] * answered
    page = home_page(Home(kept=NOTHING, open_now=[*waiting, *done]), now=examples.NOW)
    assert words in said(page)
    assert sum("accessory" in block for block in page["blocks"]) == MOST_OPEN + 1  # and that of Next


def test_a_lead_of_very_much_still_has_a_page() -> None:
    """However much somebody runs, Slack takes the page, and it says where the rest is."""
    weekly = replace(examples.pulse(), cadence="weekly mon 09:00")
    stopped = replace(weekly, paused=True, pause_reason="is_archived")
    pulses = [(replace((weekly, stopped)[number % 2], number=number), None) for number in range(1, 201)]
    digests = [replace(examples.digest(), id=f"d{number}") for number in range(50)]
    home = Home(
        kept=NOTHING,
        may_ask=True,
        runs=pulses,
        digests=digests,
        open_now=[OpenQuestion(examples.wave(), answered=False, link=None)] * 40,
    )
    assert "more: type `/pulse list`" in said(home_page(home, now=examples.NOW))


def test_what_is_kept_is_counted_by_its_kinds() -> None:
    """Also where nothing but saved messages is, of one's own or of others."""
    one = SavedMessage(
        team_id="T1",
        id="55",
        product=examples.ATLAS,
        text="Slow.",
        said=True,
        origin=Origin(),
        chosen=None,
        sentiment=None,
        touchpoints=(),
    )
    for kept, line in (
        (KeptOfPerson(saved=[one]), "1 saved message, without your name."),
        (KeptOfPerson(savings=2), "That you saved messages of others, without your name."),
    ):
        assert line in said(home_page(Home(kept=kept), now=examples.NOW))


def test_the_first_line_is_true() -> None:
    """What is stopped by a fault is said, with what to do; what a lead has paused is no trouble."""
    weekly = replace(examples.pulse(), cadence="weekly mon 09:00", paused=True)
    last = LastEdition(at=examples.NOW, zone="Europe/Berlin", link="https://x.example/p1")
    well = Home(kept=NOTHING, may_ask=True, runs=[(weekly, None)], digests=[examples.digest()], last=last)
    page = said(home_page(well, now=examples.NOW))
    assert "Nothing is stopped. Last digest: " in page
    assert "Your first digest" not in page
    stopped = replace(well, runs=[(replace(weekly, pause_reason="is_archived"), None)])
    page = said(home_page(stopped, now=examples.NOW))
    assert "Nothing is stopped" not in page
    assert "*Paused:* NPS about Atlas. <#C0ATLAS> is archived. It has to be unarchived first." in page


def test_the_steps_follow_what_was_asked() -> None:
    """Each side by its own question, wherever the name of a channel may be told."""
    customers, users = (
        examples.wave(),
        examples.wave(replace(examples.pulse("umux_lite"), number=42, lens=Lens.UX)),
    )
    home = Home(kept=NOTHING, may_ask=True, runs=[(users.pulse, users), (customers.pulse, customers)])
    page = said(home_page(home, now=examples.NOW))
    assert "*1. Customers asked:* yes, NPS in <#C0ATLAS>, 12 answers, closes " in page
    assert "*2. Users asked:* yes, UMUX-Lite in <#C0ATLAS>" in page
    weekly = replace(examples.pulse(number=43), cadence="weekly mon 09:00")
    stopped = replace(weekly, paused=True, pause_reason="is_archived")
    hidden = replace(home, runs=[*home.runs, (stopped, None)], hidden=frozenset({"C0ATLAS"}))
    page = said(home_page(hidden, now=examples.NOW))
    assert "*Paused:* NPS about Atlas. Slack takes nothing of it in a channel that you are not in." in page
    assert "C0ATLAS" not in page


def test_how_one_knows_products_stands_there_with_a_way_to_change_it() -> None:
    """Each product has its line and button, as many as there is room for; a role alone is kept too."""
    products = [KnownProduct(replace(examples.ATLAS, id=f"p{n}", name=f"P {n}"), None) for n in range(12)]
    roles = [KnownProduct(replace(examples.ATLAS, name="A & B"), Role.USES), *products]
    view = home_page(Home(kept=KeptOfPerson(roles=roles)), now=examples.NOW)
    page = said(view)
    assert "*How you know A &amp; B*\nI use it." in page
    assert "*How you know P 0*\nYou have not said." in page
    assert "How you know 5 more products is under What is kept of me." in page
    assert "*Kept of you*\nHow you know a product, without your name." in page
    change = [b["accessory"] for b in view["blocks"] if b.get("accessory", {}).get("value") == "p1"]
    assert [each["action_id"] for each in change] == ["change_role", "change_role"]
