"""Payloads that Bolt can take, and those that it cannot."""

import json
from contextlib import suppress
from copy import deepcopy
from typing import Any
from urllib.parse import quote_plus, unquote_to_bytes

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.connection import payload_check
from bot.connection.payload_check import FORM, JSON, InvalidPayload, check, read_payload
from handlers import payloads
from tests.bot.serving import CLICK, COMMAND, EVENT, SUBMISSION, bolt_app, interaction

ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
PARTS = sorted(
    {*CLICK, *SUBMISSION, *EVENT, "function_data", "is_ext_shared_channel", "bot_access_token", "message"}
)


@pytest.mark.parametrize(
    "payload", [CLICK, SUBMISSION, EVENT, COMMAND], ids=["click", "form", "event", "command"]
)
def test_what_slack_sends_is_taken(payload: dict[str, Any]) -> None:
    """Real payloads pass, and come back as they are."""
    assert check(payload) is payload


@settings(max_examples=200)
@given(st.binary(max_size=200), st.sampled_from([JSON, FORM, "text/plain", ""]))
def test_any_bytes_are_a_payload_or_invalid(raw: bytes, content_type: str) -> None:
    """Whatever arrives, it is a dict or a reason."""
    with suppress(InvalidPayload):
        assert isinstance(read_payload(raw, content_type), dict)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([CLICK, SUBMISSION, EVENT]), st.sampled_from(PARTS), ANYTHING)
async def test_what_is_taken_bolt_can_take(base: dict[str, Any], part: str, value: Any) -> None:
    """Whatever passes with one part exchanged, Bolt answers it without raising and without a 500."""
    payload = deepcopy(base) | {part: value}
    try:
        check(payload)
    except InvalidPayload:
        return
    request = AsyncBoltRequest(mode="socket_mode", body=payload)
    answer = await bolt_app([]).async_dispatch(request)
    assert answer.status in {200, 404}


PIECES = st.one_of(
    st.text(max_size=8).map(lambda text: quote_plus(text, errors="surrogatepass").encode()),
    st.sampled_from(
        [b"%", b"%4", b"%zz", b"%%", b"=", b"==", b"=41", b"_", b"+", b" ", b"&", b"\r\n", b"\n"]
    ),
    st.binary(max_size=3),
)


@settings(max_examples=500)
@given(st.lists(PIECES, max_size=8).map(b"".join))
def test_the_quick_road_gives_what_the_library_gives(value: bytes) -> None:
    """A form that has `payload` alone is decoded to the same bytes, or goes the long way."""
    found = payload_check._only_payload(b"payload=" + value)
    if found is None:
        return
    assert found == unquote_to_bytes(value.replace(b"+", b" "))


def test_a_click_takes_the_quick_road() -> None:
    """What Slack sends is decoded there, whatever somebody wrote in it."""
    odd = CLICK | {"text": "a+b=c & 100 % \u00fc\U0001f600\n_=41"}
    found = payload_check._only_payload(interaction(odd))
    assert found is not None
    assert json.loads(found) == odd


def test_reasons_hold_nothing_of_the_body() -> None:
    """A reason may be logged."""
    secret = {"type": "tok-1234", "text": "tok-1234"}
    with pytest.raises(InvalidPayload) as invalid:
        read_payload(json.dumps(secret).encode(), JSON)
    assert "tok-1234" not in str(invalid.value)


@pytest.mark.parametrize("payload", [CLICK, SUBMISSION], ids=["click", "form"])
def test_what_nobody_reads_is_not_decoded(payload: dict[str, Any]) -> None:
    """The message under a button is left out; the rest is as Slack sent it."""
    read = read_payload(interaction(payload | {"message": {"text": "long"}, "unheard_of": 1}), FORM)
    assert read == {key: value for key, value in payload.items() if key != "message"}


@pytest.mark.parametrize(
    "records, decoded",
    [
        ((payloads.Click, payloads.Submission), payload_check._Payload),
        ((payloads.SubmittedView,), payload_check._View),
        ((payloads._Action,), payload_check._Action),
    ],
)
def test_what_a_listener_reads_is_decoded(records: tuple[Any, ...], decoded: Any) -> None:
    """Every part that the records of handlers.payloads name comes through the guard."""
    named = {field for record in records for field in record.__struct_encode_fields__}
    assert named <= set(decoded.__annotations__)


def test_half_an_emoji_is_text() -> None:
    """A character that was cut in two is passed on; other readers of JSON would refuse the whole payload."""
    payload = SUBMISSION | {"view": SUBMISSION["view"] | {"state": {"values": {"comment": "so \ud83d"}}}}
    assert read_payload(interaction(payload), FORM) == payload
