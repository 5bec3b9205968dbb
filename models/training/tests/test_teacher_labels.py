import gzip
import json
from pathlib import Path

import pytest

from models.training import sets, teacher_labels
from models.training.sets import FAMILIES


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_is_taught_by_who_has_not_seen_it(family: tuple[str, ...]) -> None:
    """A model that must not know a family is never taught by the teacher who learnt from all sets."""
    everything = teacher_labels.file()
    assert everything is not None
    assert everything.is_file()
    own = teacher_labels.file(family)
    assert own is not None
    assert own != everything
    part = own.name.removeprefix("teacher.without-").removesuffix(".json.gz")
    assert set(family) <= set(sets.HELD_BACK[part])
    assert own.is_file()


def test_the_benchmark_is_judged_by_the_whole_recipe() -> None:
    """No teacher learns from the benchmark or the stress lines, so the one who saw all sets teaches there."""
    assert teacher_labels.file((sets.BENCHMARK, sets.STRESS)) == teacher_labels.file()


def test_where_no_teacher_is_innocent_none_teaches() -> None:
    """Families of two parts leave no teacher, and then no text is found."""
    assert teacher_labels.file(("huliu9", "aware_app")) is None
    assert teacher_labels.load(("huliu9", "aware_app")).get("Great phone!") is None


def test_labels_are_kept_by_digest_in_whole_hundredths(tmp_path: Path) -> None:
    """The file holds no text, and what is read from it is what was written, to a hundredth."""
    labels = teacher_labels.table([("It is slow", (0.914, 0.05, 0.036)), ("Fine", (0.1, 0.2, 0.7))])
    teacher_labels.write(tmp_path / "labels.json.gz", labels)
    kept = json.loads(gzip.decompress((tmp_path / "labels.json.gz").read_bytes()))
    assert list(kept) == sorted(map(teacher_labels.key, ("It is slow", "Fine")))
    assert teacher_labels.Taught(kept).get("It is slow") == pytest.approx((0.91, 0.05, 0.04))
    assert teacher_labels.Taught(kept).get("It is fast") is None
