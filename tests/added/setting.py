"""A setting that was added is read, has a sentence for a wrong value, and stands in the table of settings."""

import pytest

from bot.config.setting_types import SettingsError
from bot.config.settings import Settings
from tests.papers import has_setting

GIVEN = {
    "SLACK_BOT_TOKEN": "xoxb-1-secret-token",
    "SLACK_SIGNING_SECRET": "8f742231b10e8888abcd99yyyzzz85a5",
    "DATABASE_URL": "sqlite://",
}
read = dict(Settings.load(GIVEN | {"BIFOCAL_SECOND_ZONE": "Asia/Tokyo"}))
assert read["bifocal_second_zone"] == "Asia/Tokyo"
with pytest.raises(SettingsError, match=r"^BIFOCAL_SECOND_ZONE is wrong: it is an IANA zone"):
    Settings.load(GIVEN | {"BIFOCAL_SECOND_ZONE": "Mars"})
assert all(has_setting(name) for name in read if name.startswith("bifocal"))
