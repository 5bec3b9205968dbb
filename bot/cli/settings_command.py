"""`bifocal settings`: each setting, what it is set to, and what a right value is; secrets are not shown."""

from collections.abc import Iterator
from typing import Any

from pydantic import SecretStr
from rich import box
from rich.console import Console
from rich.table import Table
from sqlalchemy import make_url

from bot.config.setting_types import REFUSED, RIGHT
from bot.config.settings import Settings

_SECRET = "(set)"  # noqa: S105 - what stands there instead of one


def show_settings(settings: Settings, console: Console | None = None) -> None:
    """Print a row for each setting: its name, its value or that of its default, what is right."""
    table = Table("setting", "is", "what is right", box=box.SIMPLE, pad_edge=False)
    for name, value, right in rows(settings):
        table.add_row(name, value, right)
    (console or Console()).print(table, markup=False)


def rows(settings: Settings) -> Iterator[tuple[str, str, str]]:
    """A setting, its value as it may be shown, and what a right value is."""
    for field, about in Settings.model_fields.items():
        name = field.upper()
        if name in REFUSED:
            continue
        value = shown(name, getattr(settings, field))
        is_default = field not in settings.model_fields_set
        note = " (default)" if is_default and about.default not in (None, "") else ""
        yield name, f"{value}{note}", RIGHT[name].removeprefix("it is ")


def shown(name: str, value: Any) -> str:
    """A value without anything secret in it."""
    if value in (None, ""):
        return "(not set)"
    if isinstance(value, SecretStr) or name == "BIFOCAL_SECRET":
        return _SECRET
    if name == "DATABASE_URL":
        return make_url(str(value)).render_as_string(hide_password=True)
    return str(value).lower() if isinstance(value, bool) else str(value)
