"""The sentence for each setting."""

import pytest

from bot.config.setting_types import RIGHT, sentence
from bot.config.settings import Settings


def test_every_setting_has_its_sentence() -> None:
    """Each field of the settings has a line that says what is right."""
    assert {name.upper() for name in Settings.model_fields} == set(RIGHT)


@pytest.mark.parametrize("name", RIGHT)
def test_a_sentence_names_the_setting_and_shows_a_right_value(name: str) -> None:
    """One sentence, on one line, with an example."""
    said = sentence(name, "wrong")
    assert said.startswith(f"{name} is wrong: ")
    assert "such as " in said
    assert "\n" not in said
