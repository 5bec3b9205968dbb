"""The kept secret."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.config.secret import SecretFileError, fingerprint, kept_secret


def test_it_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    """The first start makes 64 hex digits in an owner-only file, the second reads them; no draft is left."""
    path = tmp_path / "bifocal.secret"
    secret, made = kept_secret(path)
    assert (len(secret), made) == (64, True)
    assert kept_secret(path) == (secret, False)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_starts_at_once_agree(tmp_path: Path) -> None:
    """Of many starts at the same moment one makes it, and all read the same."""
    path = tmp_path / "bifocal.secret"
    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda _: kept_secret(path), range(40)))
    assert len({secret for secret, _ in kept}) == 1
    assert [made for _, made in kept].count(True) == 1


def test_a_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    """Loosened rights end the start with the command that mends them."""
    path = tmp_path / "bifocal.secret"
    kept_secret(path)
    path.chmod(0o644)
    with pytest.raises(SecretFileError, match="run chmod 600"):
        kept_secret(path)


@pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 64])
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes) -> None:
    """An empty or broken file is not taken for a secret, nor replaced."""
    path = tmp_path / "bifocal.secret"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(SecretFileError):
        kept_secret(path)
    assert path.read_bytes() == content


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    """Where nothing can be written the sentence says what to set."""
    with pytest.raises(SecretFileError, match="set BIFOCAL_SECRET"):
        kept_secret(tmp_path / "nowhere" / "bifocal.secret")


def test_a_fingerprint_knows_its_secret_and_does_not_tell_it() -> None:
    """Equal secrets have equal fingerprints of 16 hex digits, which hold nothing of the secret."""
    assert fingerprint("a" * 32) == fingerprint("a" * 32) != fingerprint("b" * 32)
    assert len(fingerprint("a" * 32)) == 16
    assert int(fingerprint("a" * 32), 16)
