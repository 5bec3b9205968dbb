"""What the operator sets: read once from the environment and `.env`, checked, handed down as plain values."""

import logging
import os
import secrets
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from sqlalchemy.exc import SQLAlchemyError

from bot.config.env_file import FILE, read_env_file
from bot.config.secret import SecretFileError, kept_secret, take_prepared
from bot.config.setting_names import begun, misnamed, unreadable
from bot.config.setting_types import (
    REFUSED,
    AppToken,
    BotToken,
    CommentWeeks,
    DatabaseUrl,
    Folder,
    Host,
    Lexicon,
    LogFormat,
    LogLevel,
    MinGroup,
    Port,
    RejectedSetting,
    RoundWeeks,
    Secret,
    SettingsError,
    SigningSecret,
    WaitingWeeks,
    WebAddress,
    Zone,
    database_file,
    may_be_file,
    sentence,
    sentences,
)
from storage.engine.address import is_in_memory, is_postgres, read_url
from storage.schema.migrate import fingerprint_in

LOG = logging.getLogger(__name__)


class Settings(BaseSettings):
    """The settings as they hold; made by `load`. With `slack_app_token` it is Socket Mode, else HTTP.

    `bifocal_secret` is always filled. No token and no secret is in the repr.
    """

    model_config = SettingsConfigDict(
        env_file=FILE,
        env_file_encoding="utf-8-sig",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        validate_default=False,
    )

    slack_bot_token: BotToken
    slack_signing_secret: SigningSecret | None = None
    slack_app_token: AppToken | None = None
    slack_api_url: WebAddress = "https://slack.com/api/"
    database_url: DatabaseUrl = "sqlite:///bifocal.db"
    host: Host = "127.0.0.1"
    port: Port = 3000
    bifocal_metrics_port: Port | None = None
    bifocal_log_format: LogFormat = "text"
    bifocal_log_level: LogLevel = "info"
    bifocal_secret: Secret = ""
    bifocal_folder: Folder | None = None
    bifocal_timezone: Zone = "UTC"
    bifocal_min_group: MinGroup = 5
    bifocal_round_weeks: RoundWeeks = 4
    bifocal_keep_waiting_weeks: WaitingWeeks = 26
    bifocal_keep_comments_weeks: CommentWeeks | None = None
    bifocal_lexicon: Lexicon | None = None
    bifocal_accurate: bool = False
    bifocal_languages: bool = False
    slack_client_id: RejectedSetting | None = None
    slack_client_secret: RejectedSetting | None = None

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None, *, make_secret: bool = True) -> "Settings":
        """The settings of this process, or those in `environ` and no others; raises SettingsError.

        Without BIFOCAL_SECRET the one beside the SQLite file is taken, made if need be, which is logged;
        unless it must not be made, since it has to be the one of a database that there was.
        """
        settings = cls.check(environ)
        if not (settings.bifocal_secret or make_secret):
            _require_secret(settings.database_url)
        return _with_secret(settings)

    @classmethod
    def load_begun(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """The same for a command on the database that `bifocal run` has begun: none is made elsewhere."""
        return _with_secret(cls.check_begun(environ))

    @classmethod
    def check_begun(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """As `check` where that database is there, for what needs no secret; raises SettingsError."""
        settings = cls.check(environ)
        url = read_url(settings.database_url)
        if not (is_postgres(url) or is_in_memory(url)) and not database_file(url).exists():
            raise SettingsError(
                f"There is no database {database_file(url)}: is this the folder and the .env of the bot? "
                "bifocal run begins a new one."
            )
        return settings

    @classmethod
    def check(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """The same as they were given; nothing is made, so `bifocal_secret` may be empty.

        So that no default holds by mistake, a name that is meant for Bifocal and is no setting is an error.
        """
        wrong_names = list(_wrong_names(environ))
        try:
            if environ is None:
                settings = cls.model_validate({})
            else:
                given = {name.lower(): value for name, value in environ.items() if value}
                settings = _Given.model_validate(given)
        except ValidationError as error:
            told = {line.partition(" ")[0] for line in wrong_names}
            new = [line for line in sentences(error) if line.partition(" ")[0] not in told]
            raise SettingsError("\n".join([*wrong_names, *new])) from None
        if problems := [*wrong_names, *_together(settings)]:
            raise SettingsError("\n".join(problems))
        return settings

    @property
    def socket_mode(self) -> bool:
        """Whether Slack is reached over a websocket, without an address of our own."""
        return self.slack_app_token is not None

    @property
    def readers(self) -> dict[str, bool]:
        """Which larger models of comments are wanted, by their names."""
        return {"accurate": self.bifocal_accurate, "languages": self.bifocal_languages}


class _Given(Settings):
    """Settings that look at nothing but what they are given."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003, the names are pydantic's
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Neither the environment nor a file."""
        return (init_settings,)


def _wrong_names(environ: Mapping[str, str] | None) -> Iterator[str]:
    """A sentence for each name that no setting has, in `environ`, else in the environment and in `.env`.

    Of `.env` also for each setting in a line that cannot be read; raises SettingsError if the file cannot be.
    """
    names = [name.upper() for name in Settings.model_fields if name.upper() not in REFUSED]
    if environ is not None:
        yield from misnamed(names, environment=environ, file=(), refused=REFUSED)
        return
    text = read_env_file()
    file = DotEnvSettingsSource(Settings, env_ignore_empty=False).env_vars
    yield from misnamed(names, environment=os.environ, file={*file, *begun(text)}, refused=REFUSED)
    yield from unreadable(names, text=text, file=file)


def _together(settings: Settings) -> list[str]:
    """What is missing or wrong in the light of the other settings."""
    problems = []
    if not settings.socket_mode and settings.slack_signing_secret is None:
        problems.append(sentence("SLACK_SIGNING_SECRET", "missing"))
    try:
        url = read_url(settings.database_url)
    except ValueError:
        problems.append(sentence("DATABASE_URL", "wrong"))
        if not settings.bifocal_secret:  # only a SQLite file has a place beside it
            problems.append(sentence("BIFOCAL_SECRET", "missing"))
        return problems
    if is_postgres(url):
        if not url.database:
            problems.append(sentence("DATABASE_URL", "wrong"))
        if not settings.bifocal_secret:
            problems.append(sentence("BIFOCAL_SECRET", "missing"))
        if url.database and settings.bifocal_folder is None:
            problems.append(sentence("BIFOCAL_FOLDER", "missing"))
    elif url.host or not (is_in_memory(url) or may_be_file(database_file(url))):
        problems.append(sentence("DATABASE_URL", "wrong"))
    return problems


def _secret_beside(database_url: str) -> str:
    url = read_url(database_url)
    if is_in_memory(url):
        return secrets.token_hex(32)  # lives as long as the answers do
    file = database_file(url)
    path, begun_with = secret_file(database_url), partial(_begun_with, database_url, file)
    try:
        take_prepared(path, begun_with=begun_with)
        secret, made = kept_secret(path, of_database=lambda: file if begun_with() else None)
    except SecretFileError as error:
        raise SettingsError(str(error)) from error
    if made:
        LOG.warning("BIFOCAL_SECRET was not given: one was made and is kept in %s. Back it up.", path)
    return secret


def _with_secret(settings: Settings) -> Settings:
    secret = settings.bifocal_secret or _secret_beside(settings.database_url)
    return settings.model_copy(update={"bifocal_secret": secret})


def _require_secret(database_url: str) -> None:
    if not is_in_memory(read_url(database_url)) and not (path := secret_file(database_url)).exists():
        raise SettingsError(
            f"{path} is missing: put your copy of it there, or set BIFOCAL_SECRET. Without the secret that a "
            "backup belongs to nobody's answers can be found."
        )


def secret_file(database_url: str) -> Path:
    """Where the secret of a SQLite file is kept, if the operator has none."""
    return database_file(read_url(database_url)).with_suffix(".secret")


def _begun_with(database_url: str, file: Path) -> str | None:
    """The fingerprint of the secret with which a file was begun, if it is a database that was."""
    if not file.exists():
        return None
    try:
        return fingerprint_in(database_url)
    except SQLAlchemyError:  # no database at all: whoever opens it says so
        return None
