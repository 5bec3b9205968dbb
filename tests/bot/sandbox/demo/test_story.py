"""The demo's story, told once by the real bot."""

import asyncio
from io import StringIO

import pytest
from rich.console import Console

from bot.sandbox.demo import company, stage, telling
from bot.sandbox.demo import story as demo


@pytest.fixture(scope="module")
def story() -> str:
    """What is told in the terminal, in one run for all tests here."""
    told = StringIO()
    asyncio.run(demo.tell_story(Console(file=told, width=100, color_system=None)))
    return told.getvalue()


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
    ):
        assert words in story


def test_its_sides_differ(story: str) -> None:
    """The last digest says that it is easy to use and that customers are not happy."""
    assert "easy to use, but customers are unhappy" in story


def test_nothing_went_wrong(story: str) -> None:
    """No trace, nothing refused, and no figure without its base."""
    assert "Traceback" not in story
    assert "Something went wrong" not in story
    assert "not in use" not in story


def test_its_pauses_are_hours() -> None:
    """The stage lets time pass hour by hour, people act within a minute of each other."""
    assert stage.HOUR.total_seconds() == 3600
    assert 0 < company.PAUSE < 60
    assert telling.IN_FULL > 0
