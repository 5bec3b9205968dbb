"""The form that enters a figure: what is wrong stands at its field, and Change opens it with what is kept."""

from handlers.listeners.outcomes.outcome_forms import LOOK_LIMIT
from tests.conftest import Company, Running
from tests.handlers.scene import dialog, refused, told

GIVEN = {"product": "Atlas", "kind": "retention", "value": "94%", "of": "2026-10", "own": "", "source": ""}
ERRORS = {
    "value": ({"value": "94"}, "Retention is a share: say it with %."),
    "own": ({"kind": "another", "value": "5"}, "Say which figure it is, such as retention."),
    "side": (
        {"kind": "another", "own": "trials", "value": "5"},
        "Say whether it is a figure of customers or of users.",
    ),
    "source": ({"source": "*Stripe*"}, "Leave out the * in the source."),
    "product": (
        {"product": "Nightowl"},
        "There is no product Nightowl here. /pulse products lists those that you know. Nothing was changed.",
    ),
}


SLACK_WAITS = 3  # seconds


def test_the_form_is_answered_in_time() -> None:
    """However slow Slack is with what has to be asked first."""
    assert LOOK_LIMIT < SLACK_WAITS


async def test_a_figure_is_entered_and_changed_by_form(running: Running, company: Company) -> None:
    """One bot: errors at their fields, what is saved, and the same form with it again."""
    slack, lead = running.slack, company.lead
    await running.ask(lead, company.channel, "nps about Atlas")
    await slack.command(lead, company.channel, "/pulse", "outcome")
    await running.bot.finish()
    view = slack.views(lead)[-1]
    blocks = {block["block_id"]: block for block in view.body["blocks"] if block["type"] == "input"}
    assert blocks["product"]["element"]["initial_value"] == "Atlas"
    assert blocks["of"]["element"]["initial_option"]["value"] == "2026-10"
    assert [each["value"] for each in blocks["of"]["element"]["options"]][:3] == [
        "2026-11-02",
        "2026-11",
        "2026-10",
    ]
    for block_id, (changes, error) in ERRORS.items():
        outcome = await slack.submit(lead, view, GIVEN | changes)
        assert outcome.errors == {block_id: error}
    await slack.submit(lead, view, GIVEN | {"source": "Stripe"})
    await running.bot.finish()
    assert told(running, lead).startswith("Saved: retention 94% (Oct).")

    await slack.click(lead, slack.ephemerals(lead)[-1], "again/2")
    await running.bot.finish()
    again = {
        block["block_id"]: block["element"] for block in dialog(running, lead)["blocks"] if "element" in block
    }
    assert again["value"]["initial_value"] == "94%"
    assert again["source"]["initial_value"] == "Stripe"
    assert again["kind"]["initial_option"]["value"] == "retention"
    changed = {"kind": "another", "own": "Renewals", "side": "CX", "value": "1,200", "of": "2026-11-02"}
    await slack.submit(lead, slack.views(lead)[-1], GIVEN | changed)
    await running.bot.finish()
    assert told(running, lead).startswith("Saved: Renewals 1,200 (2 Nov).")
    product = await running.bot.store.products.find("T0SANDBOX", "Atlas")
    assert product is not None
    kept = await running.bot.store.outcomes.about("T0SANDBOX", product.id, most=9)
    assert [(each.figure.metric, each.figure.name, each.entered_by) for each in kept] == [
        ("Renewals", "Priya Nair", "U0LEAD")
    ]
    assert not refused(slack)
