"""How a start ends that cannot go on."""

import pytest
import typer
from sqlalchemy.exc import OperationalError

from bot.cli.startup_errors import ended_by_sentence
from bot.connection.slack_contact import WrongToken


def test_one_sentence_and_status_one(capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong and what would be right, and no trace; a database's own words are left out."""
    for error, words in (
        (WrongToken("SLACK_BOT_TOKEN was refused."), "SLACK_BOT_TOKEN was refused.\n"),
        (
            OperationalError("select", {"password": "secret"}, Exception("secret")),
            "DATABASE_URL cannot be opened (OperationalError). Is the database there?\n",
        ),
        (
            OperationalError("begin", {}, Exception("database is locked")),
            "Another program holds the database of DATABASE_URL: end it, then start again.\n",
        ),
    ):
        with pytest.raises(typer.Exit) as ended, ended_by_sentence():
            raise error
        assert ended.value.exit_code == 1
        assert capsys.readouterr().err == words


def test_other_errors_keep_their_trace() -> None:
    """A fault of ours is not dressed up as the operator's."""
    with pytest.raises(KeyError), ended_by_sentence():
        raise KeyError("x")
