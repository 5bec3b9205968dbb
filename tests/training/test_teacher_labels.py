import pytest

from tests.training import sets, teacher_labels
from tests.training.sets import FAMILIES


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_is_taught_by_who_has_not_seen_it(family: tuple[str, ...]) -> None:
    """A model that must not know a family is never taught by the teacher who learnt from all sets."""
    everything = teacher_labels.file()
    assert everything is not None
    assert everything.is_file()
    own = teacher_labels.file(family)
    assert own != everything
    if own:
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
