"""Names that no setting has end the start: a default would hold by mistake."""

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config.setting_names import edits, misnamed
from bot.config.setting_types import REFUSED, SettingsError
from bot.config.settings import Settings

RIGHT = {
    "SLACK_BOT_TOKEN": "xoxb-1-secret-token",
    "SLACK_SIGNING_SECRET": "8f742231b10e8888abcd99yyyzzz85a5",
    "DATABASE_URL": "sqlite://",
    "BIFOCAL_SECRET": "0123456789abcdef0123456789abcdef",
}
NAMES = [name.upper() for name in Settings.model_fields if name.upper() not in REFUSED]
OURS = [name for name in NAMES if name.startswith(("BIFOCAL_", "SLACK_"))]


def said(*environment: str, file: tuple[str, ...] = ()) -> list[str]:
    return list(misnamed(NAMES, environment=environment, file=file, refused=REFUSED))


@pytest.mark.parametrize(
    "wrong, right",
    [
        ("BIFOCAL_MINGROUP", "BIFOCAL_MIN_GROUP"),
        ("BIFOCAL_MINIMUM_GROUP", "BIFOCAL_MIN_GROUP"),
        ("bifocal_min_grop", "BIFOCAL_MIN_GROUP"),
        ("BIFOCL_MIN_GROUP", "BIFOCAL_MIN_GROUP"),
        ("BIFOCAL_ROUND_WEEK", "BIFOCAL_ROUND_WEEKS"),
        ("BIFOCAL_SECRET_KEY", "BIFOCAL_SECRET"),
        ("SLACK_BOT_TOKNE", "SLACK_BOT_TOKEN"),
        ("SLACK_SIGNIN_SECRET", "SLACK_SIGNING_SECRET"),
    ],
)
def test_a_misspelt_name_ends_the_start_with_the_right_one(wrong: str, right: str) -> None:
    """One sentence names what was written and the nearest setting, and does not repeat the value."""
    with pytest.raises(SettingsError) as error:
        Settings.load(RIGHT | {wrong: "a value"})
    (line,) = str(error.value).splitlines()
    name = wrong.upper()
    assert line == f"{name} is not a setting: rename it to {right}, or take it out of the environment."


def test_an_unknown_name_of_ours_ends_the_start_however_far_it_is() -> None:
    """A BIFOCAL_ name is meant for Bifocal; a setting with a right value is named all the same."""
    (line,) = said("BIFOCAL_COLOUR")
    assert line.startswith("BIFOCAL_COLOUR is not a setting: rename it to ")


def test_slack_names_of_other_tools_stand_in_the_environment_but_not_in_our_file() -> None:
    """Whoever writes a SLACK_ name into `.env` means Bifocal; elsewhere only a near one does."""
    assert said("SLACK_WEBHOOK_ADDRESS", "SLACK_CHANNEL", "PATH", "HOSTS", "PORTS", "DATABASE_URI") == []
    (line,) = said(file=("SLACK_WEBHOOK_ADDRESS",))
    assert line.startswith("SLACK_WEBHOOK_ADDRESS is not a setting: rename it to SLACK_")
    assert line.endswith(", or take it out of .env.")


def test_right_names_in_any_case_and_refused_ones_are_not_misspelt() -> None:
    """Settings are read without regard to case; a refused name has a sentence of its own."""
    assert said(*NAMES, *map(str.lower, NAMES), *REFUSED, file=tuple(NAMES)) == []
    with pytest.raises(SettingsError, match=r"^SLACK_CLIENT_ID is wrong: leave it out[^\n]*$"):
        Settings.load(RIGHT | {"SLACK_CLIENT_ID": "1.2"})


def test_the_file_is_read_for_names_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name in `.env` counts with and without a value; every fault is said at once, one a line."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    lines = [f"{name}={value}" for name, value in RIGHT.items()]
    (tmp_path / ".env").write_text("\n".join([*lines, "export BIFOCAL_MIN_GROUPS=20", "SLACK_TEAM="]) + "\n")
    monkeypatch.setenv("BIFOCAL_ZONE", "UTC")
    monkeypatch.setenv("SLACK_TEAM_NAME", "ours")
    with pytest.raises(SettingsError) as error:
        Settings.load()
    assert [line.split()[0] for line in str(error.value).splitlines()] == [
        "BIFOCAL_MIN_GROUPS",
        "BIFOCAL_ZONE",
        "SLACK_TEAM",
    ]


@pytest.fixture
def env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file `.env` with what must be there, of a process whose environment has no settings."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    file = tmp_path / ".env"
    file.write_text("".join(f"{name}={value}\n" for name, value in RIGHT.items()))
    return file


@pytest.mark.parametrize(
    "line",
    [
        "BIFOCAL_MIN_GROUP 20",
        "BIFOCAL_MIN_GROUP: 20",
        "BIFOCAL_MIN_GROUP",
        'BIFOCAL_MIN_GROUP="20',
        "  set bifocal_min_group=20",
    ],
)
def test_a_setting_in_a_line_that_cannot_be_read_ends_the_start(env_file: Path, line: str) -> None:
    """The default does not hold by mistake, though the name is right."""
    with env_file.open("a") as file:
        file.write(f"{line}\n")
    with pytest.raises(SettingsError) as error:
        Settings.load()
    assert str(error.value) == (
        "BIFOCAL_MIN_GROUP stands in a line of .env that cannot be read: "
        "write BIFOCAL_MIN_GROUP=, then its value."
    )


def test_a_wrong_name_in_a_line_that_cannot_be_read_is_found_too(env_file: Path) -> None:
    """Two slips in one line are no more silent than one."""
    with env_file.open("a") as file:
        file.write("BIFOCAL_MINGROUP: 20\nSLACK_TEAM ours\nHOME sweet home\n")
    with pytest.raises(SettingsError) as error:
        Settings.load()
    assert [line.split()[0] for line in str(error.value).splitlines()] == ["BIFOCAL_MINGROUP", "SLACK_TEAM"]


@pytest.mark.parametrize(
    "line", ["export BIFOCAL_MIN_GROUP = 20  # people", "# BIFOCAL_TIMEZONE Rome\nBIFOCAL_MIN_GROUP='20'"]
)
def test_lines_that_can_be_read_are(env_file: Path, line: str) -> None:
    """Spaces, quotes and comments are no fault."""
    with env_file.open("a") as file:
        file.write(f"{line}\nBIFOCAL_LEXICON=\n")
    assert Settings.load().bifocal_min_group == 20


def test_a_file_in_another_encoding_ends_the_start(env_file: Path) -> None:
    """Some editors of Windows write UTF-16; one sentence says so."""
    env_file.write_text("BIFOCAL_MIN_GROUP=20\n", "utf-16")
    with pytest.raises(SettingsError, match=r"^\.env cannot be read: it looks like UTF-16"):
        Settings.load()


def test_a_name_and_a_value_can_both_be_wrong() -> None:
    """The sentences for names stand above those for values."""
    with pytest.raises(SettingsError) as error:
        Settings.load(RIGHT | {"BIFOCAL_MINGROUP": "7", "PORT": "x"})
    assert [line.split()[0] for line in str(error.value).splitlines()] == ["BIFOCAL_MINGROUP", "PORT"]


def test_a_name_is_shown_short_and_on_one_line() -> None:
    """A name can hold anything but "=": the log stays one line of it."""
    (line,) = said("BIFOCAL_\n\x1b[31m" + "X" * 500)
    assert "\n" not in line
    assert "\x1b" not in line
    assert len(line) < 200


@given(st.sampled_from(OURS), st.data())
def test_two_edits_of_any_setting_are_found(name: str, data: st.DataObject) -> None:
    """Whatever one or two letters are added, left out or changed, the start ends and a setting is named."""
    letters = st.sampled_from(string.ascii_uppercase + "_")
    wrong = name
    for _ in range(data.draw(st.integers(1, 2))):
        at = data.draw(st.integers(0, len(wrong) - 1))
        kept = data.draw(st.sampled_from([wrong[at:], wrong[at + 1 :]]))
        wrong = wrong[:at] + data.draw(st.one_of(st.just(""), letters)) + kept
    assert edits(name, wrong) <= 2
    assert len(said(wrong)) == (wrong not in NAMES)


@given(st.text("ABC_", max_size=8), st.text("ABC_", max_size=8), st.text("ABC_", max_size=8))
def test_edits_are_a_distance(one: str, other: str, third: str) -> None:
    """Nothing only for equal words, the same both ways, and no detour is shorter."""
    assert (edits(one, other) == 0) == (one == other)
    assert edits(one, other) == edits(other, one)
    assert edits(one, other) <= edits(one, third) + edits(third, other)
