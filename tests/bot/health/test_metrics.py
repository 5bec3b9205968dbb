"""`/metrics` tells what happened, in Prometheus' own format, and of nobody."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.connection.http_server import AddressTaken
from bot.health.metrics_server import MetricsServer
from bot.sandbox.api.faults import LostAnswer, RateLimited, Refusal
from storage.records import PostKind
from tests.bot.serving import get
from tests.conftest import Company, Running
from tests.jobs.scheduling import schedule

IS_ID = re.compile(r"\b[TUCWBDG][0-9A-Z]{4,}|[0-9a-f]{8,}|\d{5,}")
KINDS = {"click", "form", "command", "event", "shortcut", "other"}
ENDINGS = {"ok", "ratelimited", "locked", "again", "lost", "gone", "refused", "ours", "given up", "fault"}
KNOWN = {
    "kind": KINDS | ENDINGS | {"open", "close", "count", "digest"} | {f"{kind} post" for kind in PostKind},
    "taken": {"True", "False"},
    "state": {"pending", "sending", "unknown"},
}
Figures = dict[tuple[str, tuple[tuple[str, str], ...]], float]


@asynccontextmanager
async def serving(running: Running) -> AsyncIterator[MetricsServer]:
    """The page of a running bot."""
    bot = running.bot
    server = MetricsServer("127.0.0.1", 0, lambda: bot.metrics.page(bot.readiness))
    await server.start()
    yield server
    await server.stop()


async def figures(running: Running) -> Figures:
    """What the page says five seconds later: each figure under its name and labels."""
    running.clock.step(timedelta(seconds=5))
    async with serving(running) as server:
        status, text = await get(f"http://127.0.0.1:{server.port}", "/metrics")
    assert status == 200
    families = list(text_string_to_metric_families(text))
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in families
        for sample in family.samples
    }


def one(found: Figures, name: str, **labels: str) -> float:
    """A figure; 0 where nothing was counted."""
    return found.get((f"bifocal_{name}", tuple(sorted(labels.items()))), 0)


async def test_what_happened_is_counted(running: Running, company: Company) -> None:
    """Two clicks, a command, a commit for each; each with the time it took."""
    message = await running.ask(company.lead, company.channel)
    before = await figures(running)
    for person in company.people[:2]:
        await running.click(person, message, 9)
    after = await figures(running)
    clicks = {"kind": "click", "taken": "True"}
    assert one(after, "ack_seconds_count", **clicks) - one(before, "ack_seconds_count", **clicks) == 2
    assert 0 < one(after, "ack_seconds_sum", **clicks) < 10
    assert one(after, "ack_seconds_count", kind="command", taken="True") == 1
    assert one(after, "commit_seconds_count") - one(before, "commit_seconds_count") >= 2
    assert one(after, "slack_answers_total", method="views.open", kind="ok") == 2
    assert one(after, "ready") == 1
    assert one(after, "due_age_seconds", kind="wave post") == 0


async def test_faults_are_seen(running: Running, company: Company) -> None:
    """Too many requests, a lost answer, a refusal, and a lease that nobody came back for."""
    faults = running.slack.faults
    faults.add("chat.postMessage", RateLimited(1))
    await running.type(company.lead, company.channel, "ask nps about Atlas for 7 days")
    await running.settle()
    found = await figures(running)
    assert one(found, "slack_answers_total", method="chat.postMessage", kind="ratelimited") == 1
    assert one(found, "due", kind="wave post") == 1
    assert one(found, "due_age_seconds", kind="wave post") == 5
    faults.add("chat.postMessage", LostAnswer())
    await running.step(timedelta(minutes=1))
    faults.add("views.open", Refusal("expired_trigger_id"))
    message = company.channel.messages[-1]
    await running.click(company.people[0], message, 9)
    store, now = running.bot.store, running.clock()
    await store.outbox.notice(team_id=running.slack.workspace.team.id, key="n", user_id="U0LEAD", text="n")
    lease = timedelta(minutes=2)
    assert await store.outbox.claim(now=now, lease=lease, limit=9)
    await running.step(lease)
    found = await figures(running)
    assert one(found, "slack_answers_total", method="chat.postMessage", kind="lost") == 1
    assert one(found, "slack_answers_total", method="views.open", kind="refused") == 1
    assert one(found, "lease_losses_total") >= 1
    assert one(found, "outbox_messages", state="unknown") >= 1


async def test_a_click_that_was_not_kept_is_counted_apart(
    running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack is told to send it again; that is no click that was taken."""
    message = await running.ask(company.lead, company.channel)

    async def fail(_: object) -> None:
        raise OSError

    monkeypatch.setattr(running.bot.store.answers, "record", fail)
    await running.click(company.people[0], message, 9)
    found = await figures(running)
    assert one(found, "ack_seconds_count", kind="click", taken="False") >= 1
    assert one(found, "ack_seconds_count", kind="click", taken="True") == 0


async def test_questions_of_schedules_and_digests_are_timed(running: Running, company: Company) -> None:
    """How late a question was opened, and how long a digest took."""
    await schedule(running, company)
    await running.digest(company.lead, company.team, "digest Atlas from #atlas weekly mon 12:00")
    await running.step(timedelta(days=7, minutes=-59))
    await running.step(timedelta(hours=4))
    found = await figures(running)
    assert one(found, "wave_late_seconds_count") == 1
    assert one(found, "wave_late_seconds_sum") == 60
    assert one(found, "digest_seconds_count") == 2  # this Monday's and the next one's


async def test_no_label_names_anybody_or_anything(running: Running, company: Company) -> None:
    """Every label has one of a few known values: no id of a person, team, channel, wave or post."""
    message = await running.ask(company.lead, company.channel)
    await running.click(company.people[0], message, 9)
    await running.type(company.lead, company.channel, "score nps")
    await running.count()
    for name, labels in await figures(running):
        for label, value in labels:
            assert label == "le" or not IS_ID.search(value), (name, label, value)
            if label == "method":
                assert re.fullmatch(r"[a-z]+(\.[a-zA-Z]+)+", value)
            elif label != "le":
                assert value in KNOWN[label], (name, label, value)


async def test_a_taken_port_is_one_sentence(running: Running) -> None:
    """It names the setting and shows another."""
    async with serving(running) as server:
        second = MetricsServer(
            "127.0.0.1", server.port, lambda: running.bot.metrics.page(running.bot.readiness)
        )
        with pytest.raises(AddressTaken, match="BIFOCAL_METRICS_PORT cannot be listened on"):
            await second.start()


async def test_figures_are_not_where_slack_comes_in(running: Running) -> None:
    """Who reaches Slack's port cannot read them."""
    assert running.slack.bot_url
    assert (await get(running.slack.bot_url, "/metrics"))[0] == 404
