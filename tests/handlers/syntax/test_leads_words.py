"""`/pulse leads`."""

import pytest

from handlers.syntax import CommandSyntaxError, LeadsWords, read_leads

SAM = "<@U1|sam>"


@pytest.mark.parametrize(
    "text, expected",
    [
        ("", LeadsWords()),
        ("3", LeadsWords(number=3)),
        ("#3", LeadsWords(number=3)),
        ("Atlas", LeadsWords(product="Atlas")),
        (f"3 add {SAM}", LeadsWords(number=3, user_id="U1")),
        (f"add {SAM} 3", LeadsWords(number=3, user_id="U1")),
        ("pulse 3 add <@U1>", LeadsWords(number=3, user_id="U1")),
        (f"add {SAM}", LeadsWords(user_id="U1")),
        (f"Atlas remove {SAM}", LeadsWords(product="Atlas", user_id="U1", add=False)),
        (f"digest Atlas drop {SAM}", LeadsWords(product="Atlas", user_id="U1", add=False)),
        (f'"Add on" add {SAM}', LeadsWords(product="Add on", user_id="U1")),
    ],
)
def test_who_is_added_to_what(text: str, expected: LeadsWords) -> None:
    """A number is a question, a name the digest about it; the words come in any order."""
    assert read_leads(text) == expected


@pytest.mark.parametrize(
    "text, says",
    [
        (f"3 {SAM}", "to add or to remove"),
        ("3 add", "Say who"),
        ("3 add sam", "Say who"),
        ("3 add @Sam Okoro", "Say who"),
        ("3 @nobody", "Say who"),
        ("#3 remove @nobody", "Say who"),
        ("@nobody", "Say who"),
        ("3 add @name", "Say who"),
        ("add @Sam Okoro", "Say who"),
        (f"3 add {SAM} <@U2>", "One person at a time"),
        (f"0 add {SAM}", "is not the number"),
    ],
)
def test_what_is_missing_is_said(text: str, says: str) -> None:
    """Each has its own sentence, and nothing was changed."""
    with pytest.raises(CommandSyntaxError, match=r"Nothing was changed\.$") as refused:
        read_leads(text)
    assert says in refused.value.problem
    if says == "Say who":
        assert refused.value.form == ("/pulse leads 3" if "3" in text else "/pulse list")


@pytest.mark.parametrize(
    "text, nearest",
    [
        (f"2 {SAM}", "/pulse leads 2 add @sam"),
        (f"2 make {SAM}", "/pulse leads 2 add @sam"),
        (f"{SAM} #2", "/pulse leads 2 add @sam"),
        (SAM, "/pulse leads add @sam"),
        (f"2 remove {SAM} <@U2>", "/pulse leads 2 remove @sam"),
        (f'"Add on" add {SAM} <@U2>', '/pulse leads "Add on" add @sam'),
    ],
)
def test_what_is_tried_next_has_the_number_and_the_person(text: str, nearest: str) -> None:
    """What was typed right stands in the command that is offered."""
    with pytest.raises(CommandSyntaxError) as refused:
        read_leads(text)
    assert refused.value.form == nearest
