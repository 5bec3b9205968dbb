"""Comments that were kept without a label get one later."""

from datetime import timedelta

import pytest

from jobs.comments.label import label_due
from jobs.permissions.requester import Requester
from jobs.saved.keep_message import say
from storage.records import AnswerKey, Label, Lens, NewComment
from tests.conftest import Company, Running


async def test_a_later_tick_labels_what_was_not(
    running: Running, company: Company, caplog: pytest.LogCaptureFixture
) -> None:
    """One that fails is left alone for a minute, named by its id, not its words, and stops no other."""
    question = await running.ask(company.lead, company.channel)
    store, keys = running.bot.store, running.bot.context.respondents
    for person, words in zip(company.people, ("Secret words.", "The invoices are wrong."), strict=False):
        await running.click(person, question, 3)
        wave_id = question.blocks[1]["block_id"].split("/")[1]
        await _keep(running, wave_id, keys.confidential(person.team_id, person.id), words)
    assert len(await store.comments.unlabelled(10)) == 2

    def classify(text: str) -> Label:
        if "Secret" in text:
            raise RuntimeError(text)
        return running.bot.classifier.classify(text)

    runner, now = running.bot.runner, running.clock()
    await label_due(store, classify, runner, now=now)
    (left,) = await store.comments.unlabelled(10)
    assert left.text == "Secret words."
    assert left.id in caplog.text
    assert "Secret" not in caplog.text
    await label_due(store, running.bot.classifier.classify, runner, now=now)
    assert await store.comments.unlabelled(10) == [left]
    await running.step(timedelta(minutes=1))
    assert not await store.comments.unlabelled(10)


async def test_saved_messages_are_labelled_too(running: Running, company: Company) -> None:
    """A message whose classifying failed as it was saved has its side by the next tick."""
    store, context = running.bot.store, running.bot.context
    await running.ask(company.lead, company.channel)

    def classify(text: str) -> Label:
        raise RuntimeError(text)

    product = await store.products.find(running.slack.workspace.team.id, "Atlas")
    assert product is not None
    requester = Requester(team_id=product.team_id, user_id="U0P00", channel_id="C0ATLAS", now=running.clock())
    kept = await say(
        store,
        context.respondents,
        classify,
        requester,
        product=product,
        text="The invoice is wrong.",
        lens=None,
    )
    assert kept.lens is None
    await label_due(store, running.bot.classifier.classify, running.bot.runner, now=running.clock())
    (labelled,) = await store.saved.about(product.team_id, product.id)
    assert labelled.lens is Lens.CX


async def test_a_lead_is_told_once_that_labels_are_missing(
    running: Running, company: Company, caplog: pytest.LogCaptureFixture
) -> None:
    """However many comments of a question fail and however often, its lead reads one sentence of it."""
    question = await running.ask(company.lead, company.channel)
    keys = running.bot.context.respondents
    for person in company.people[:3]:
        await running.click(person, question, 3)
        wave_id = question.blocks[1]["block_id"].split("/")[1]
        await _keep(running, wave_id, keys.confidential(person.team_id, person.id), "Secret words.")

    def classify(text: str) -> Label:
        raise RuntimeError(text)

    for _ in range(20):
        await label_due(running.bot.store, classify, running.bot.runner, now=running.clock())
        running.clock.step(timedelta(minutes=10))
    await running.bot.sender.send_due()
    (told,) = running.slack.dms(company.lead)
    assert told.text.startswith(
        "Tone and topic of comments on question 1 (NPS about Atlas) in <#C0ATLAS> may"
    )
    assert caplog.text.count("Traceback") == 3
    assert "Secret" not in caplog.text


async def _keep(running: Running, wave_id: str, respondent: str, words: str) -> None:
    comment = NewComment(text=words, may_quote=False, label=None, written_at=running.clock())
    key = AnswerKey(team_id=running.slack.workspace.team.id, wave_id=wave_id, respondent=respondent)
    await running.bot.store.answers.comment(key, comment)
