"""What a right value of each setting is: the checks, and the sentence for a missing or a wrong one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, StringConstraints, ValidationError
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.config.secret import SHORTEST
from jobs.cadence import find_zone
from jobs.classification.lexicon_file import own

_LEAVE_OUT = "leave it out, since Slack's library would then ignore SLACK_BOT_TOKEN, such as xoxb-1234-AbCdEf"
RIGHT = {
    "SLACK_BOT_TOKEN": "it is the Bot User OAuth Token under OAuth & Permissions, such as xoxb-1234-AbCdEf",
    "SLACK_SIGNING_SECRET": "it is under Basic Information, such as 8f742231b10e8888abcd99yyyzzz85a5"
    " (without a public address set SLACK_APP_TOKEN instead)",
    "SLACK_APP_TOKEN": "it is an App-Level Token with connections:write, such as xapp-1-A123-456-abcdef",
    "SLACK_API_URL": "it is the address of a Web API, such as https://slack.com/api/",
    "DATABASE_URL": "it is a SQLite file in a folder that exists, such as sqlite:///bifocal.db,"
    " or a PostgreSQL database, such as postgresql://bifocal:password@host/bifocal",
    "HOST": "it is an address to listen on, such as 127.0.0.1",
    "PORT": "it is a number from 0 to 65535, such as 3000",
    "BIFOCAL_METRICS_PORT": "it is a number from 0 to 65535, such as 9464",
    "BIFOCAL_LOG_FORMAT": "it is text or json, such as json",
    "BIFOCAL_LOG_LEVEL": "it is info, warning or error, such as info",
    "BIFOCAL_SECRET": f"it is {SHORTEST} or more random characters, such as openssl rand -hex 32 prints",
    "BIFOCAL_FOLDER": "with PostgreSQL it is a folder that all processes share and that outlives them,"
    " such as /var/lib/bifocal",
    "BIFOCAL_TIMEZONE": "it is an IANA zone, such as Europe/Berlin",
    "BIFOCAL_MIN_GROUP": "it is a number from 5 to 20, such as 5",
    "BIFOCAL_ROUND_WEEKS": "it is 2, 3 or 4 weeks between two scores of a question, such as 4",
    "BIFOCAL_KEEP_WAITING_WEEKS": "it is 8 to 26 weeks that answers may wait for others, such as 26",
    "BIFOCAL_KEEP_COMMENTS_WEEKS": "it is 13 to 1040 weeks that comments are kept, such as 104",
    "BIFOCAL_LEXICON": "it is a TOML file of your own words that can be read, such as lexicon.toml",
    "BIFOCAL_ACCURATE": "it is true or false, such as true",
    "BIFOCAL_LANGUAGES": "it is true or false, such as true",
    "SLACK_CLIENT_ID": _LEAVE_OUT,
    "SLACK_CLIENT_SECRET": _LEAVE_OUT,
}
"""What a right value is, with an example, by the name of the setting."""
REFUSED = frozenset({"SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"})
"""Names that must not be set at all."""


class SettingsError(Exception):
    """A start that cannot be: one sentence a line, each names a setting and shows a right value."""


def sentence(name: str, what: str) -> str:
    """The sentence for a setting that is `what`: missing or wrong. It never holds the value itself."""
    return f"{name} is {what}: {RIGHT[name]}."


def sentences(error: ValidationError) -> Iterator[str]:
    """The sentence for each field that pydantic refused."""
    for problem in error.errors(include_url=False, include_context=False, include_input=False):
        what = "missing" if problem["type"] == "missing" else "wrong"
        yield sentence(str(problem["loc"][0]).upper(), what)


def database_file(url: URL) -> Path:
    """Where a SQLite database that is no memory lies."""
    return Path(str(url.database)).absolute()


def may_be_file(path: Path) -> bool:
    """Whether a database can be there: its folder is, and it is none itself."""
    return path.parent.is_dir() and not path.is_dir()


def _plain(text: str) -> str:
    if not (text.isascii() and text.isprintable()) or " " in text:
        raise ValueError("not one plain word")
    return text


def _long(text: str) -> str:
    if len(_plain(text)) < SHORTEST:
        raise ValueError("too short")
    return text


def _token(prefix: str) -> AfterValidator:
    def check(token: SecretStr) -> SecretStr:
        if not _plain(token.get_secret_value()).startswith(prefix):
            raise ValueError("another kind of token")
        return token

    return AfterValidator(check)


def _signing(secret: SecretStr) -> SecretStr:
    if _long(secret.get_secret_value()).startswith(("xoxb-", "xapp-")):
        raise ValueError("a token in the place of the signing secret")
    return secret


def _web_address(url: str) -> str:
    parts = urlsplit(_plain(url))
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("not the address of a server")
    return f"{url.rstrip('/')}/"


def _database(text: str) -> str:
    try:
        make_url(text)
    except ArgumentError as error:
        raise ValueError("not the address of a database") from error
    return text


def _folder(path: Path) -> Path:
    if not path.is_dir():
        raise ValueError("not a folder")
    return path


def _lexicon(path: Path) -> Path:
    own(path)
    return path


def _reject(_: str) -> str:
    raise ValueError("not supported")


BotToken = Annotated[SecretStr, _token("xoxb-")]
AppToken = Annotated[SecretStr, _token("xapp-")]
SigningSecret = Annotated[SecretStr, AfterValidator(_signing)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
DatabaseUrl = Annotated[str, AfterValidator(_database), Field(repr=False)]
Host = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.:-]+$")]
Port = Annotated[int, Field(ge=0, le=65535)]
Secret = Annotated[str, AfterValidator(_long), Field(repr=False)]
Folder = Annotated[Path, AfterValidator(_folder)]
WaitingWeeks = Annotated[int, Field(ge=8, le=26)]
CommentWeeks = Annotated[int, Field(ge=13, le=1040)]
Zone = Annotated[str, AfterValidator(find_zone)]
LogFormat = Annotated[Literal["text", "json"], BeforeValidator(str.lower)]
LogLevel = Annotated[Literal["info", "warning", "error"], BeforeValidator(str.lower)]
MinGroup = Annotated[int, Field(ge=5, le=20)]
RoundWeeks = Annotated[int, Field(ge=2, le=4)]
Lexicon = Annotated[Path, AfterValidator(_lexicon)]
RejectedSetting = Annotated[str, AfterValidator(_reject)]
