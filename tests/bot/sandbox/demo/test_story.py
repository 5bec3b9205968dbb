"""The demo's story, told once by the real bot."""

import asyncio
from io import StringIO

import pytest
from rich.console import Console

from bot.sandbox.demo import company, telling
from bot.sandbox.demo import story as demo

SOME_WEEKS = 4


def told(*, full: bool) -> str:
    """What is told in the terminal, in one run."""
    written = StringIO()
    asyncio.run(demo.tell_story(Console(file=written, width=80, color_system=None), full=full))
    return written.getvalue()


@pytest.fixture(scope="module")
def story() -> str:
    """Everything as it happens, told once for all tests here: a part of the weeks, with each kind in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo, "WEEKS", SOME_WEEKS)
        patch.setattr(demo, "END", demo.monday(SOME_WEEKS, 9))
        return told(full=True)


@pytest.fixture(scope="module")
def short() -> str:
    """The whole story as a newcomer sees it, told once for all tests here."""
    return told(full=False)


def test_it_shows_the_whole_road(story: str) -> None:
    """The question, an answer, how a comment was read, the count, queries, and the digest."""
    for words in (
        "How likely is it that you would recommend Atlas to a friend or colleague?",
        "You chose",
        "negative, billing",
        "answered",
        "What is kept of you",
        "Did you mean /pulse score?",
        "in the thread",
        "By role: buyers",
    ):
        assert words in story


def test_support_improves_while_a_release_breaks_usability_and_another_heals_it(short: str) -> None:
    """The titles say so: unhappy at first and happier at last; easy, hard, and easy again."""
    titles = [" ".join(line.split()) for line in short.splitlines() if "  Atlas: " in line]
    unhappy = [place for place, title in enumerate(titles) if "unhappy" in title]
    hard = [place for place, title in enumerate(titles) if "hard to use" in title]
    easy = [place for place, title in enumerate(titles) if "easy to use" in title]
    assert easy[0] < hard[0] <= hard[-1] < easy[-1] == len(titles) - 1
    assert unhappy
    assert unhappy[-1] < len(titles) - 2
    flat = " ".join(short.split())
    assert "Using Atlas got worse since" in flat
    assert "Being a customer got better since" in flat


def test_the_organisation_stands_beside_its_two_products(short: str) -> None:
    """From its first digest on: its customers, and the product whose users differ most from them."""
    titles = [" ".join(line.split()[3:]) for line in short.splitlines() if "  Northwind: " in line]
    assert titles
    assert all(
        title.startswith("Northwind: customers are happy, but Beacon is hard to use.") for title in titles
    )


def test_the_short_story_ends_on_the_digest_within_120_lines(short: str) -> None:
    """The last frame is the digest with both scores, and above it stands how long it took."""
    lines = short.rstrip().splitlines()
    assert len(lines) <= 120
    last = max(place for place, line in enumerate(lines) if line.startswith("╭"))
    digest = "\n".join(lines[last:])
    assert "#atlas-team, Monday 16 November, 09:00" in digest
    assert lines[-1].startswith("╰")
    for words in ("Using Atlas got better since", "NPS +35", "UMUX-Lite 80", "31 answers", "wrote:"):
        assert words in digest
    assert "Entered by hand: retention 94% (Oct), from Priya Nair" in " ".join(digest.split())
    assert "26 weeks in" in lines[last - 1]


def test_nothing_went_wrong(story: str, short: str) -> None:
    """No trace, nothing refused, and no figure without its base."""
    for words in ("Traceback", "Something went wrong", "not in use"):
        assert words not in story + short


def test_people_act_within_a_minute_of_each_other() -> None:
    """The days are long enough for all who answer."""
    assert 0 < company.PAUSE < 60
    assert telling.IN_FULL > 0
