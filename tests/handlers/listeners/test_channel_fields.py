"""What is wrong with a channel stands at its field, in the forms that ask, repeat, share and set a digest."""

from pathlib import Path

import pytest

from bot.sandbox.api.faults import ServerError, Silence
from bot.sandbox.model.channels import Channel, Kind
from jobs.slack.directory import MOMENT
from tests.conftest import Company, Running
from tests.handlers.listeners.test_edition_clicks import posted, press
from tests.handlers.scene import dialog, rows

NOT_IN = "Bifocal is not in #outside. Type /invite @Bifocal there."
SAID = {
    "outside": NOT_IN,
    "foreign": "You are not in #foreign. Join it.",
    "old": "#old is archived: nobody can answer there.",
    "hidden": "Bifocal is not in that channel. Type /invite @Bifocal there.",
    "hidden-old": "That channel is archived: nobody can answer there.",
    "secret": "You are not in that channel. Join it.",
}
"""What is said at the field, by the channel that is chosen."""


def places(running: Running, company: Company) -> dict[str, Channel]:
    """Channels in which nothing can be asked, each for its own reason."""
    add, lead, admin = running.slack.add_channel, company.lead, company.admin
    found = [
        add("outside", lead, bot=False, id="C0OUT"),
        add("foreign", admin, id="C0FOREIGN"),
        add("old", lead, id="C0OLD", is_archived=True),
        add("hidden", lead, id="C0HIDDEN", bot=False, kind=Kind.PRIVATE),
        add("hidden-old", lead, id="C0HIDOLD", kind=Kind.PRIVATE, is_archived=True),
        add("secret", admin, id="C0SECRET", kind=Kind.PRIVATE),
    ]
    return {channel.name: channel for channel in found}


@pytest.mark.parametrize("words", ["ask", "schedule"])
async def test_where_nothing_can_be_asked_the_field_says_so(
    words: str, running: Running, company: Company, tmp_path: Path
) -> None:
    """The form stays open with all that was typed, names no private channel, and takes the right one then."""
    slack, lead = running.slack, company.lead
    chosen = places(running, company)
    await running.type(lead, company.channel, words)
    (form,) = slack.views(lead)
    before = rows(tmp_path)
    for name, said in SAID.items():
        sent = await slack.submit(lead, form, {"product": "Atlas", "channel": chosen[name].id})
        assert sent.errors == {"channel": said}
    sent = await slack.submit(lead, form, {"product": "*Atlas*", "channel": chosen["outside"].id})
    assert sent.errors == {"channel": NOT_IN, "product": "Leave out the * in the name."}
    assert rows(tmp_path) == before
    assert slack.views(lead) == [form]
    sent = await slack.submit(lead, form, {"product": "Atlas", "channel": company.channel.id})
    await running.bot.finish()
    assert not sent.errors
    assert "Goes to <#C0ATLAS>" in str(dialog(running, lead))
    assert not slack.troubles


async def test_a_digest_that_cannot_be_set_says_so_at_both_fields(
    running: Running, company: Company, tmp_path: Path
) -> None:
    """The channels that it reads and the one where it is posted each have their own sentence."""
    slack, lead = running.slack, company.lead
    chosen = places(running, company)
    await running.type(lead, company.channel, "digest set")
    (form,) = slack.views(lead)
    before = rows(tmp_path)
    sources = [company.channel.id, chosen["old"].id, chosen["outside"].id]
    typed = {"product": "Atlas", "sources": sources, "channel": chosen["outside"].id}
    sent = await slack.submit(lead, form, typed)
    assert sent.errors == {"sources": SAID["old"], "channel": NOT_IN}
    assert rows(tmp_path) == before
    assert slack.views(lead) == [form]
    assert not slack.troubles


async def test_results_that_cannot_be_shared_say_so_at_the_field(running: Running, company: Company) -> None:
    """A channel that Bifocal was removed from since the form opened is named; nothing typed is lost."""
    digest = await posted(running, company)
    await press(running, company.lead, digest, "share")
    form = running.slack.views(company.lead)[-1]
    company.channel.members.remove(running.slack.app.bot_user_id)
    running.clock.step(MOMENT)
    sent = await running.slack.submit(company.lead, form, {"where": ["C0ATLAS"], "next": "We check."})
    assert sent.errors == {"where": "Bifocal is not in #atlas. Type /invite @Bifocal there."}


@pytest.mark.parametrize("fault", [ServerError(500), Silence(accepted=False)], ids=str)
async def test_a_form_is_answered_while_slack_says_nothing(
    fault: ServerError | Silence, running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Slack does not tell soon is no problem of a field: the page that follows says what it is."""
    monkeypatch.setattr("jobs.permissions.may_post.FIELD_LIMIT", 0.05)
    slack, lead = running.slack, company.lead
    outside = places(running, company)["outside"]
    await running.type(lead, company.channel, "ask")
    slack.faults.add("conversations.info", fault, channel=outside.id)
    sent = await slack.submit(lead, slack.views(lead)[-1], {"product": "Atlas", "channel": outside.id})
    assert not sent.errors
    slack.faults.release()
    await running.bot.finish()
    assert "Bifocal is not in <#C0OUT>." in dialog(running, lead)["blocks"][0]["text"]["text"]
