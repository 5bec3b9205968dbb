"""The wording of the questionnaires is published and binding."""

import re

import pytest

from jobs.instruments import find
from jobs.instruments.published import INSTRUMENTS
from storage.records import Lens

CES = "To what extent do you agree or disagree with the following statement:"


def test_offered_in_this_order() -> None:
    """People are offered the six in one order, three a side."""
    assert list(INSTRUMENTS) == ["nps", "csat", "ces", "umux_lite", "sus", "seq"]
    assert [instrument.lens for instrument in INSTRUMENTS.values()] == [Lens.CX] * 3 + [Lens.UX] * 3
    assert [instrument.rank for instrument in INSTRUMENTS.values()] == [1, 2, 3, 1, 2, 3]


@pytest.mark.parametrize(
    "key,subject,question",
    [
        ("nps", "Atlas", "How likely is it that you would recommend Atlas to a friend or colleague?"),
        (
            "csat",
            "the support you just received",
            "How satisfied are you with the support you just received?",
        ),
        ("ces", "Atlas", f"{CES} Atlas made it easy for me to handle my issue."),
        ("seq", "export a report", "Overall, how difficult or easy was the task to complete?"),
        ("umux_lite", "Atlas", "Two short statements about Atlas: how far do you agree?"),
        ("sus", "Atlas", "Ten short statements about Atlas: how far do you agree?"),
    ],
)
def test_questions(key: str, subject: str, question: str) -> None:
    """The question is asked as it was published."""
    assert INSTRUMENTS[key].question_about(subject) == question


def test_task_is_named_above_its_question() -> None:
    """SEQ names the task, since its question does not."""
    assert INSTRUMENTS["seq"].lead_in_about("export a report") == "The task: export a report."
    assert INSTRUMENTS["nps"].lead_in_about("Atlas") is None


def test_umux_lite_to_the_letter() -> None:
    """UMUX-Lite has the two statements of Lewis, Utesch and Maher, in their order."""
    assert INSTRUMENTS["umux_lite"].statements_about("Atlas") == (
        "Atlas's capabilities meet my requirements.",
        "Atlas is easy to use.",
    )


def test_sus_to_the_letter() -> None:
    """SUS has Brooke's ten statements in their order, the even ones turned."""
    sus = INSTRUMENTS["sus"]
    assert sus.statements_about("the system") == (
        "I think that I would like to use the system frequently.",
        "I found the system unnecessarily complex.",
        "I thought the system was easy to use.",
        "I think that I would need the support of a technical person to be able to use the system.",
        "I found the various functions in the system were well integrated.",
        "I thought there was too much inconsistency in the system.",
        "I would imagine that most people would learn to use the system very quickly.",
        "I found the system very cumbersome to use.",
        "I felt very confident using the system.",
        "I needed to learn a lot of things before I could get going with the system.",
    )
    assert sus.reversed_items == {2, 4, 6, 8, 10}


@pytest.mark.parametrize(
    "text,key",
    [
        ("nps", "nps"),
        ("NPS", "nps"),
        (" Net Promoter Score ", "nps"),
        ("csat", "csat"),
        ("ease", "ces"),
        ("CES 2.0", "ces"),
        ("umux-lite", "umux_lite"),
        ("UMUX lite", "umux_lite"),
        ("umux_lite", "umux_lite"),
        ("UMUX", "umux_lite"),
        ("sus", "sus"),
        ("Seq", "seq"),
    ],
)
def test_found_by_what_people_type(text: str, key: str) -> None:
    """Case, spaces and marks do not matter."""
    found = find(text)
    assert found
    assert found.key == key


@pytest.mark.parametrize("text", ["", "  ", "-", "n", "scroe", "nps csat", "susan"])
def test_unknown_is_not_guessed(text: str) -> None:
    """What is no instrument's word finds none."""
    assert find(text) is None


def test_no_word_is_for_two() -> None:
    """Every key, name and other word finds its own instrument."""
    for instrument in INSTRUMENTS.values():
        for word in (instrument.key, instrument.name, *instrument.aliases):
            assert find(word) is instrument


def test_sources_are_named() -> None:
    """Whoever must be named is: trademarks and authors."""
    assert INSTRUMENTS["nps"].credit == (
        "NPS is a registered trademark of Bain & Company, Inc., Fred Reichheld and NICE Systems, Inc."
    )
    assert INSTRUMENTS["sus"].credit == (
        "System Usability Scale: Brooke (1996), © Digital Equipment Corporation 1986."
    )
    assert all(re.search(r"20\d\d", INSTRUMENTS[key].credit or "") for key in ("ces", "umux_lite", "seq"))


def test_pauses() -> None:
    """Nobody is tired by the same question: days until it may be asked again without a word."""
    pauses = {key: instrument.pause_days for key, instrument in INSTRUMENTS.items()}
    assert pauses == {"nps": 90, "csat": 30, "ces": 30, "umux_lite": 30, "sus": 90, "seq": 7}
