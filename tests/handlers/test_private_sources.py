"""A digest of a channel that reads a private one: what people learn of it who are not in that."""

import json

from bot.sandbox.model.channels import Kind
from bot.sandbox.model.messages import Message
from tests.conftest import Company, Running


def payload(message: Message | None) -> str:
    """All that is in a message, shown or not."""
    assert message is not None
    return json.dumps(message.payload())


async def test_a_member_learns_nothing_of_a_private_channel_that_is_read(
    running: Running, company: Company
) -> None:
    """It is "a private channel" in lists, no form opens with it, and no button leads into it."""
    slack, lead, member, here = running.slack, company.lead, company.people[0], company.channel
    secret = slack.add_channel("secret", lead, company.people[1], id="C0SECRET", kind=Kind.PRIVATE)
    await running.digest(lead, here, "digest Atlas from #atlas #secret weekly mon 09:00 Europe/Berlin")
    await running.ask(lead, secret)
    for words in ("digest", "digest Atlas show", "list"):
        seen = payload(await running.type(member, here, words))
        assert "from <#C0ATLAS> and a private channel" in seen, words
        assert "SECRET" not in seen, words
        assert "<#C0SECRET>" in payload(await running.type(lead, here, words)), words
    shown = payload(await running.type(member, here, "digest preview"))
    assert "customer" in shown
    assert "SECRET" not in shown
    assert "Customer question" not in shown
    for words in ("digest edit", "digest Atlas edit"):
        refused = await running.type(member, here, words)
        assert refused is not None
        assert refused.text == "Only the leads of the digest of Atlas and workspace admins can change it."
    assert not slack.views(member)
    await running.type(company.admin, here, "digest edit")  # may change it, and is not in that channel
    (form,) = slack.views(company.admin)
    assert form.state["sources"]["sources"]["selected_conversations"] == ["C0ATLAS"]
    await running.type(lead, here, "digest off")
    assert "SECRET" not in payload(await running.type(member, here, "digest on"))
    await running.type(lead, here, "digest now")
    await running.settle()
    assert not slack.troubles
