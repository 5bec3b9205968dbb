"""The file `.env` as people save it: what is read, and the one sentence for what cannot be."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.cli.command_line import app
from bot.config.setting_types import RIGHT, SettingsError
from bot.config.settings import Settings

LINES = (
    "SLACK_BOT_TOKEN=xoxb-1-secret-token\n"
    "SLACK_APP_TOKEN=xapp-1-A1-2-x\n"
    "DATABASE_URL=sqlite://\n"
    f"BIFOCAL_SECRET={'0123456789abcdef' * 2}\n"
)
UTF_16 = ".env cannot be read: it looks like UTF-16, so save it again as UTF-8."
NOT_UTF_8 = ".env cannot be read: it is not UTF-8 text, so save it again as UTF-8."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which Bifocal is started, in an environment without settings."""
    for name in RIGHT:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def started(folder: Path, saved: bytes) -> str:
    (folder / ".env").write_bytes(saved)
    try:
        Settings.load()
    except SettingsError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    "saved",
    [
        LINES.encode(),
        LINES.encode("utf-8-sig"),
        LINES.replace("\n", "\r\n").encode(),
        LINES.replace("\n", "\r\n").encode("utf-8-sig"),
        LINES.replace("\n", "\n\n").encode(),
        "".join(f"export {line}\n" for line in LINES.splitlines()).encode(),
        LINES.replace("=", " = ").encode(),
        LINES.replace("xoxb-1-secret-token", '"xoxb-1-secret-token"').encode(),
        LINES.replace("xoxb-1-secret-token", "'xoxb-1-secret-token'").encode(),
        LINES.replace("-token", "-token  # of the team in Köln").encode(),
        LINES.lower().encode(),
        LINES.rstrip("\n").encode(),
    ],
)
def test_what_editors_save_is_read(folder: Path, saved: bytes) -> None:
    """A mark at the start, other ends of lines, `export`, quotes, spaces and remarks are no fault."""
    assert started(folder, saved) == ""


@pytest.mark.parametrize(
    "saved, said",
    [
        (LINES.encode("utf-16"), UTF_16),
        (LINES.encode("utf-16-le"), UTF_16),
        (LINES.encode("utf-16-be"), UTF_16),
        (b"\xfe\xff" + LINES.encode("utf-16-be"), UTF_16),
        (("# Köln\n" + LINES).encode("latin-1"), NOT_UTF_8),
        (("# “mine”\n" + LINES).encode("cp1252"), NOT_UTF_8),
        (LINES.encode() + b"\xff\xfe", NOT_UTF_8),
    ],
)
def test_another_encoding_is_one_sentence(folder: Path, saved: bytes, said: str) -> None:
    """It names the file and UTF-8, and there is no second sentence about settings that were not read."""
    assert started(folder, saved) == said


def test_a_folder_is_no_file(folder: Path) -> None:
    """Docker makes a folder where a file that is to be shown inside is missing."""
    (folder / ".env").mkdir()
    with pytest.raises(SettingsError, match=r"^\.env cannot be read: it is a folder, and .* UTF-8 text\.$"):
        Settings.load()


def test_a_link_to_nowhere_is_said(folder: Path) -> None:
    """A link whose file is gone is not passed over as if there were no `.env`."""
    (folder / ".env").symlink_to("elsewhere")
    with pytest.raises(SettingsError, match="a link to a file that is not there"):
        Settings.load()


def test_a_file_of_somebody_else_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rights are told as rights; the administrator, who may read all, cannot make this happen."""
    (folder / ".env").write_text(LINES)

    def refuse(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(SettingsError, match="needs the right to read it"):
        Settings.load()


@pytest.mark.parametrize(
    "instead, name, nearest",
    [
        ({"xoxb-1-secret-token": ""}, "SLACK_BOT_TOKEN is missing", "xoxb-"),
        ({"xoxb-1-secret-token": "xoxp-1-of-a-person"}, "SLACK_BOT_TOKEN is wrong", "xoxb-"),
        ({"xoxb-1-secret-token": "xapp-1-A1-2-x"}, "SLACK_BOT_TOKEN is wrong", "xoxb-"),
        ({"xoxb-1-secret-token": "“xoxb-1-secret-token”"}, "SLACK_BOT_TOKEN is wrong", "xoxb-"),
        ({"SLACK_BOT_TOKEN=": "SLACK_BOT_TOKEN: "}, "SLACK_BOT_TOKEN stands in a line", "SLACK_BOT_TOKEN="),
        ({"SLACK_BOT_TOKEN=": 'SLACK_BOT_TOKEN="'}, "SLACK_BOT_TOKEN stands in a line", "SLACK_BOT_TOKEN="),
        ({"xapp-1-A1-2-x": "xoxb-1-secret-token"}, "SLACK_APP_TOKEN is wrong", "xapp-"),
        ({"SLACK_APP_TOKEN=xapp-1-A1-2-x": ""}, "SLACK_SIGNING_SECRET is missing", "SLACK_APP_TOKEN instead"),
        ({"sqlite://": "bifocal.db"}, "DATABASE_URL is wrong", "sqlite:///bifocal.db"),
        ({"sqlite://": "sqlite://bifocal.db"}, "DATABASE_URL is wrong", "sqlite:///bifocal.db"),
        ({"sqlite://": "sqlite:///."}, "DATABASE_URL is wrong", "sqlite:///bifocal.db"),
        ({"sqlite://": "sqlite:///nowhere/bifocal.db"}, "DATABASE_URL is wrong", "sqlite:///bifocal.db"),
        ({"sqlite://": "mysql://me@host/bifocal"}, "DATABASE_URL is wrong", "postgresql://"),
        ({"sqlite://": "postgresql://me@host"}, "DATABASE_URL is wrong", "postgresql://"),
    ],
)
def test_a_wrong_line_is_one_sentence(
    folder: Path, instead: Mapping[str, str], name: str, nearest: str
) -> None:
    """It names the setting and shows the nearest right form, once."""
    lines = LINES
    for old, new in instead.items():
        lines = lines.replace(old, new)
    said = started(folder, lines.encode())
    assert said.startswith(name)
    assert nearest in said
    assert said.count("\n") == 0
    assert "secret-token" not in said


def test_a_start_that_cannot_be_ends_with_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever starts it reads the sentence alone: no trace, no warning of a library, status 1."""
    (folder / ".env").write_bytes(LINES.encode("utf-16"))
    (folder / ".env").chmod(0o600)
    with pytest.raises(SystemExit) as ended:
        app(["run"])
    assert ended.value.code == 1
    assert capsys.readouterr().err == f"{UTF_16}\n"


def test_a_file_that_others_can_read_is_told(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The log names the command that mends it; what is set holds all the same."""
    (folder / ".env").touch(0o644)
    (folder / ".env").chmod(0o644)
    assert started(folder, LINES.encode()) == ""
    assert caplog.messages == [".env can be read by others on this machine: run chmod 600 .env."]
    caplog.clear()
    (folder / ".env").chmod(0o600)
    assert started(folder, LINES.encode()) == ""
    assert caplog.messages == []
