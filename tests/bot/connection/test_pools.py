"""The client over kept connections: the library's answers and errors, each call once."""

from datetime import timedelta

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.connection.pools import Pools, QuickClient, client_of
from bot.connection.response_url import Respond
from bot.sandbox import FakeSlack
from bot.sandbox.api.faults import Dropped, Fault, LostAnswer, RateLimited, Refusal, ServerError
from bot.sandbox.model.channels import Channel
from jobs.slack.call_outcome import failed_call
from tests.bench.quiet_slack import QuietSlack
from tests.conftest import Company, Running

FAULTS = [
    Refusal("channel_not_found"),
    RateLimited(retry_after=7),
    ServerError(503),
    ServerError(500, accepted=True),
    Dropped(),
    LostAnswer(),
]


async def _outcome(client: AsyncWebClient, slack: FakeSlack, fault: Fault, channel_id: str) -> object:
    slack.faults.add("chat.postMessage", fault)
    with pytest.raises(Exception) as failed:  # noqa: PT011 - which one is what is compared
        await client.chat_postMessage(channel=channel_id, text="Hello")
    return failed_call(failed.value)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
async def test_a_failed_call_is_what_the_library_says(
    running: Running, company: Company, fault: Fault
) -> None:
    """Refused, limited, broken off, answered by a page: it is the same as with the library's client."""
    slack, pools = running.slack, Pools()
    slack.limits.on = False
    ours = client_of(QuickClient, pools.forms, slack.app.token, slack.api_url)
    theirs = AsyncWebClient(token=slack.app.token, base_url=slack.api_url, retry_handlers=[])
    found = [await _outcome(client, slack, fault, company.channel.id) for client in (ours, theirs)]
    await pools.close()
    assert found[0] == found[1]


async def test_what_is_posted_is_what_was_given(running: Running, company: Company) -> None:
    """Texts arrive as they are, also one with half an emoji, which is no text."""
    pools = Pools()
    client = client_of(QuickClient, pools.forms, running.slack.app.token, running.slack.api_url)
    for text in ("Grüße \U0001f600 <&>", "half \ud83d"):
        answer = await client.chat_postMessage(channel=company.channel.id, text=text, blocks=None)
        assert answer["ok"]
        assert answer.status_code == 200
    await pools.close()
    assert company.channel.messages[-2].text == "Grüße \U0001f600 <&>"


async def test_a_refusal_has_the_librarys_words(running: Running) -> None:
    """The error names the method's address and holds Slack's code."""
    with pytest.raises(SlackApiError, match=r"chat\.postMessage, status: 200") as refused:
        await running.bot.context.client.chat_postMessage(channel="C0NOWHERE", text="Hello")
    assert refused.value.response["error"] == "channel_not_found"


async def test_forms_and_answers_go_by_the_proxy_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the library's own calls do: a machine may reach Slack in no other way."""
    pools = Pools()
    async with QuietSlack() as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.address)
        client = client_of(QuickClient, pools.forms, "xoxb-1", "http://slack.invalid/api/")
        assert (await client.views_open(trigger_id="1", view={"type": "modal"}))["ok"]
        respond = Respond("http://slack.invalid/actions/1", pools.answers, client=client)
        assert (await respond(text="You chose 5.")).status_code == 200
        await pools.close()


async def test_after_too_many_requests_a_method_is_let_be(running: Running, company: Company) -> None:
    """Until the time that Slack named it is not called again, and each attempt fails as the first one did.

    Where a limit is a channel's own, other channels are written to.
    """
    slack, context = running.slack, running.bot.context
    slack.faults.add("chat.postEphemeral", RateLimited(retry_after=30))

    async def say(channel: Channel) -> None:
        await context.client.chat_postEphemeral(channel=channel.id, user=company.lead.id, text="Hello")

    async def outcome() -> object:
        with pytest.raises(SlackApiError) as failed:
            await say(company.channel)
        return failed_call(failed.value)

    def calls() -> int:
        return sum(each["method"] == "chat.postEphemeral" for each in slack.feed.of("api.request"))

    assert await outcome() == await outcome()
    await say(company.team)
    assert calls() == 2
    running.clock.step(timedelta(seconds=30))
    await say(company.channel)
    assert calls() == 3


async def test_where_slack_lets_nobody_in_the_reason_is_told(running: Running, company: Company) -> None:
    """A refusal of the whole workspace is what every later call fails with, until Slack lets it in again."""
    running.slack.faults.add("views.open", Refusal("token_revoked"))
    for _ in range(2):
        with pytest.raises(SlackApiError) as failed:
            await running.bot.context.client.views_open(trigger_id="1.1", view={"type": "modal"})
        assert failed_call(failed.value).error == "token_revoked"
    assert sum(each["method"] == "views.open" for each in running.slack.feed.of("api.request")) == 1
    assert company.channel.messages == []
