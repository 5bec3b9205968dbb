"""A line of the log is text or one JSON object, from the first line on, and libraries keep quiet."""

import json
import logging
from collections.abc import Iterator

import pytest

from bot.config.log_format import QUIET, held_log, set_up_logging
from bot.config.setting_types import SettingsError
from bot.config.settings import Settings
from tests.bot.serving import HTTP

LOG = logging.getLogger("bot.test")


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def test_each_record_is_one_object_with_its_trace_inside(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever stands in a record, it is one line; what was logged before the settings were known is too."""
    with held_log():
        LOG.warning("before the settings: %s", "ä")
        set_up_logging("json")
    try:
        int("one\ntwo")
    except ValueError:
        LOG.exception("post %s\nfailed", "wave/4f")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(line["level"], line["logger"], line["message"]) for line in lines] == [
        ("WARNING", "bot.test", "before the settings: ä"),
        ("ERROR", "bot.test", "post wave/4f\nfailed"),
    ]
    assert lines[0]["time"].endswith("+00:00")
    assert "exception" not in lines[0]
    assert lines[1]["exception"].startswith("Traceback")
    assert lines[1]["exception"].endswith("'one\\ntwo'")


def test_text_and_levels(capsys: pytest.CaptureFixture[str]) -> None:
    """What is below the level is left out, held lines too."""
    with held_log():
        LOG.warning("held")
        set_up_logging("text", "error")
    LOG.warning("left out")
    LOG.error("kept")
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith(" ERROR bot.test: kept")


def test_what_was_held_is_not_lost_when_the_settings_are_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    """A start that ends before it knows how its log looks writes it as text."""
    with held_log():
        LOG.warning("others can read .env")
    assert capsys.readouterr().err.endswith("WARNING bot.test: others can read .env\n")


def test_libraries_that_log_bodies_are_quiet() -> None:
    """Slack's own libraries would log what people write."""
    set_up_logging()
    for name in QUIET:
        assert logging.getLogger(name).level == logging.WARNING


def test_settings_of_the_log() -> None:
    """Capital letters make no difference; what is none of the words gets the right ones."""
    settings = Settings.load(HTTP | {"BIFOCAL_LOG_FORMAT": "JSON", "BIFOCAL_LOG_LEVEL": "Warning"})
    assert (settings.bifocal_log_format, settings.bifocal_log_level) == ("json", "warning")
    with pytest.raises(SettingsError) as refused:
        Settings.load(HTTP | {"BIFOCAL_LOG_FORMAT": "xml", "BIFOCAL_LOG_LEVEL": "debug"})
    assert str(refused.value).splitlines() == [
        "BIFOCAL_LOG_FORMAT is wrong: it is text or json, such as json.",
        "BIFOCAL_LOG_LEVEL is wrong: it is info, warning or error, such as info.",
    ]
