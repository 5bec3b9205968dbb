"""Laws for everything that is typed after `/pulse`."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.syntax import (
    CommandSyntaxError,
    read_ask,
    read_comments,
    read_contrast,
    read_digest,
    read_number,
    read_score,
    split_command,
)
from handlers.syntax.groups import read_group

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
READERS: list[Callable[[str], object]] = [
    partial(read_ask, now=NOW, zone="Europe/Berlin"),
    partial(read_score, now=NOW, zone="Europe/Berlin"),
    partial(read_contrast, now=NOW, zone="Europe/Berlin"),
    partial(read_comments, now=NOW, zone="Europe/Berlin"),
    partial(read_digest, now=NOW, zone="Europe/Berlin"),
    partial(read_number, command="pause"),
    partial(read_group),
]
PIECES = re.findall(
    r"\S+",
    "nps umux about Atlas until fri 17:00 for 3 days in from last not sure <#C1|x> <#C2> <@U1> <!channel> "
    '<https://a.b|c> &lt;!here&gt; &amp; #x " “ ` * weekly every 2 weeks mon 09:00 25:00 cron 0 9 */2 CET '
    "Europe/Berlin utc off now preview 30d 6w 2026-09 2026-13 cx negative billing pulse #7 , / = group eu",
)
TYPED = st.one_of(st.text(max_size=120), st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join))


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.func.__name__)
def test_any_text_is_words_or_one_sentence(reader: Callable[[str], object]) -> None:
    """Whatever is typed, a reader gives words or a CommandSyntaxError that mentions and links nothing."""

    @settings(max_examples=150, deadline=None)
    @given(TYPED)
    def law(text: str) -> None:
        try:
            reader(text)
        except CommandSyntaxError as error:
            said = str(error)
        else:
            return
        assert "<" not in said
        assert said.endswith("Nothing was changed.")
        assert len(said) < 600
        assert said.count("`") % 2 == 0

    law()


@settings(max_examples=100)
@given(TYPED)
def test_any_text_splits(text: str) -> None:
    """Every command has a first word, if only an empty one, and a rest that can be read."""
    word, rest = split_command(text)
    assert word == word.casefold()
    with suppress(CommandSyntaxError):
        read_ask(rest, now=NOW, zone="Europe/Berlin")
