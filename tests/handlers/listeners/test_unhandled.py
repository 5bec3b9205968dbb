"""What a person reads when something is not as it should be, and what the log keeps of it."""

from dataclasses import replace
from typing import Any

import pytest

from bot.sandbox.acting.delivery import Delivery
from handlers.listeners import unhandled as errors
from tests.conftest import Company, Running
from tests.handlers.scene import clicked

STATES: list[dict[str, Any]] = [
    {},
    {"item/1": {"point": {"selected_option": None}}},
    {"comment": {"text": {}}},
]


async def test_an_unknown_form_says_so(running: Running, company: Company) -> None:
    """A form of a version long gone turns into the sentence, whatever is in it."""
    question = await running.ask(company.lead, company.channel)
    person = company.people[0]
    outcome = await clicked(running, person, question, 9)
    assert outcome.delivery is not None
    shown = {"type": "modal", "callback_id": "long_gone", "state": {"values": {}}, "blocks": 7}
    payload = outcome.delivery.payload | {"type": "view_submission", "view": shown}
    answer = await running.slack.courier.deliver(Delivery("interactive", payload))
    assert answer.status == 200
    assert "This button is no longer in use." in str(answer.body)


@pytest.mark.parametrize("callback_id", ["comment", "rate_form", "ask", "ask_preview", "correct_topic"])
async def test_a_forged_form_says_so(callback_id: str, running: Running, company: Company) -> None:
    """Forms of ours with nothing of ours in them are answered with a sentence and no trouble."""
    question = await running.ask(company.lead, company.channel)
    outcome = await clicked(running, company.people[0], question, 9)
    assert outcome.delivery is not None
    for metadata in ("", "[]", '{"wave":"../../etc"}', '{"wave":"0000000000000000"}', "x" * 3000):
        for values in STATES:
            shown = {
                "type": "modal",
                "callback_id": callback_id,
                "private_metadata": metadata,
                "state": {"values": values},
                "blocks": [{"type": "input", "block_id": "comment"}],
            }
            payload = outcome.delivery.payload | {"type": "view_submission", "view": shown}
            answer = await running.slack.courier.deliver(replace(outcome.delivery, payload=payload))
            assert answer.status == 200
            assert "no longer" in str(answer.body) or "no answer of yours" in str(answer.body)


def test_the_log_keeps_no_person() -> None:
    """Type, team and place of a payload, and nothing else of it."""
    body = {
        "type": "block_actions",
        "team": {"id": "T1"},
        "user": {"id": "U1"},
        "actions": [{"block_id": "rate/1", "value": "secret"}],
        "view": {"callback_id": "comment", "state": "secret"},
    }
    kept = errors.seen(body)
    assert kept == {"type": "block_actions", "team": "T1", "block": "rate/1", "view": "comment"}
    assert errors.seen({"command": "/pulse", "team_id": "T1", "text": "secret"})["type"] == "/pulse"
