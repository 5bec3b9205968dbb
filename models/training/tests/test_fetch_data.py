import hashlib
from pathlib import Path

import pytest

from models.training import fetch_data, sets
from models.training.fetch_data import MADE, ORIGINALS, check, fetch, make

PUBLIC = {name for family in sets.FAMILIES for name in family} | {*sets.UNLABELLED, sets.BENCHMARK}


def test_every_public_set_has_an_address() -> None:
    """Each set that the trainer learns from or measures with has an original; our stress lines have none."""
    assert {name for original in ORIGINALS.values() for name in original["sets"]} == PUBLIC
    assert all(original["address"].startswith("https://") for original in ORIGINALS.values())
    assert set(check(Path("nowhere"))) == set(sets.names()) == {*PUBLIC, sets.STRESS}


def test_the_clone_has_what_may_be_shipped() -> None:
    """Every public set is here as it was learnt from, but those that are made of their original."""
    found = check(Path("nowhere"))
    assert {name for name, state in found.items() if state == "as trained"} == PUBLIC - MADE.keys()
    assert {name for name, state in found.items() if state == "missing"} == {*MADE, sets.STRESS}


def test_the_sets_in_the_clone_are_small_and_attributed() -> None:
    """They stay near a megabyte, and each has its line with a licence."""
    files = list(sets.SHIPPED.glob("*.bz2"))
    assert sum(file.stat().st_size for file in files) < 1_100_000
    paper = (sets.SHIPPED / "README.md").read_text("utf-8")
    assert all(file.name.removesuffix(".tsv.bz2") in paper for file in files)


def test_a_set_that_is_not_shipped_is_made_of_its_original(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its file is written beside the original; where that cannot be fetched, the line says so."""
    original = tmp_path / "original.csv"
    monkeypatch.setitem(
        ORIGINALS, "golden_set.csv", {"address": original.as_uri(), "sets": ["urr_app_stars"]}
    )
    assert "not fetched" in make(tmp_path, "urr_app_stars")
    original.write_text("app,reviewText,ratingStars,class1,class2,class3\nNotes,Good,5,UI,,\n")
    assert make(tmp_path, "urr_app_stars").endswith("made urr_app_stars.tsv of it")
    assert [row.text for row in sets.labelled(tmp_path, "urr_app_stars")] == ["Good"]
    assert check(tmp_path)["urr_app_stars"] == "differs"


def test_what_is_missing_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each set has its line; a public one that is missing or differs is a failure, a private one is not."""
    (tmp_path / "urr_app_stars.tsv").write_text("another")
    assert fetch_data.main(tmp_path) == 1
    said = capsys.readouterr().out
    assert "huliu9: as trained" in said
    assert "urr_app_stars: differs" in said
    assert "stress_dev: missing, and not public" in said


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
        "one": "as trained",
        "two": "differs",
        "three": "missing",
    }
