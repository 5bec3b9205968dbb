"""A new instrument is one literal."""

from datetime import timedelta

import pytest

from jobs.instruments import INSTRUMENTS, Instrument, Scale, Scoring, Typical
from storage.records import Lens
from tests.conftest import Company, Running

TRUST = Instrument(
    key="trust",
    name="Trust",
    lens=Lens.CX,
    rank=4,
    question="How much do you trust {subject}?",
    lead_in=None,
    about="How much do you trust it? (Trust)",
    about_more="One question, 1 to 5, about being a customer",
    scale=Scale(low=1, high=5, labels={1: "not at all", 5: "completely"}),
    items=(),
    reversed_items=frozenset(),
    scoring=Scoring.MEAN,
    favourable_from=4,
    middle_from=3,
    mixed_from=3.5,
    good_from=4.2,
    typical=Typical(3.8, 1.0, low=2.0),
)


async def test_a_seventh_instrument_is_one_literal(
    running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once it is in the table it is in the form that asks, is answered, scored, and in the digest."""
    monkeypatch.setitem(INSTRUMENTS, TRUST.key, TRUST)
    slack, here = running.slack, company.channel
    await running.type(company.lead, here, "ask")
    form = slack.views(company.lead)[-1]
    await slack.submit(
        company.lead, form, {"instrument": "trust", "product": "Atlas", "channel": here.id, "open_for": "3d"}
    )
    await running.settle()
    await slack.submit(company.lead, slack.views(company.lead)[-1])
    await running.settle()
    question = here.messages[-1]
    assert "How much do you trust Atlas?" in question.text
    for number, user in enumerate(company.people):
        await running.click(user, question, 4 + number % 2)
    await running.step(timedelta(days=3, minutes=20))

    score = await running.type(company.lead, here, "score trust")
    assert score is not None
    assert "Trust 4.5, mixed to good" in score.text
    await running.digest(company.lead, here, "digest Atlas weekly mon 09:00 Europe/Berlin")
    before = len(here.messages)
    await running.step(timedelta(days=4))
    assert "Trust 4.5" in here.messages[before].text
    assert not slack.troubles


async def test_a_wrong_name_is_led_to_it(
    running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence for a mistyped name knows it too."""
    monkeypatch.setitem(INSTRUMENTS, TRUST.key, TRUST)
    answer = await running.type(company.lead, company.channel, "ask trusst about Atlas")
    assert answer is not None
    assert "Did you mean trust?" in answer.text
