import hashlib
from pathlib import Path

from models.training import sets
from models.training.fetch_data import ORIGINALS, check, fetch

PUBLIC = {name for family in sets.FAMILIES for name in family} | {*sets.UNLABELLED, sets.BENCHMARK}


def test_every_public_set_has_an_address() -> None:
    """Each set that the trainer learns from or measures with has an original; our stress lines have none."""
    assert {name for original in ORIGINALS.values() for name in original["sets"]} == PUBLIC
    assert all(original["address"].startswith("https://") for original in ORIGINALS.values())
    assert set(check(Path("nowhere"))) == {f"{name}.tsv" for name in {*PUBLIC, sets.STRESS}}


def test_an_original_is_fetched_once_and_named(tmp_path: Path) -> None:
    """Its SHA-256 is said; what is there already is not fetched again."""
    source, folder = tmp_path / "source.txt", tmp_path / "originals"
    source.write_text("Great phone!\t1\n")
    line = f"phones.txt: SHA-256 {hashlib.sha256(source.read_bytes()).hexdigest()}"
    assert fetch(folder, "phones.txt", source.as_uri()) == line
    source.unlink()
    assert fetch(folder, "phones.txt", source.as_uri()) == line


def test_what_cannot_be_fetched_is_said(tmp_path: Path) -> None:
    """It leaves no file and raises nothing, so that the others are fetched."""
    address, folder = (tmp_path / "none.txt").as_uri(), tmp_path / "originals"
    assert fetch(folder, "none.txt", address).startswith(f"none.txt: not fetched from {address}: ")
    assert not list(folder.iterdir())


def test_a_set_is_compared_with_what_was_trained_on(tmp_path: Path) -> None:
    """A set is as trained, or it differs, or it is missing."""
    (tmp_path / "one.tsv").write_text("one")
    (tmp_path / "two.tsv").write_text("changed")
    names = ("one", "two", "three")
    lines = [f"{hashlib.sha256(name.encode()).hexdigest()}  {name}.tsv" for name in names]
    (tmp_path / "list").write_text("\n".join(lines))
    assert check(tmp_path, tmp_path / "list") == {
        "one.tsv": "as trained",
        "two.tsv": "differs",
        "three.tsv": "missing",
    }
