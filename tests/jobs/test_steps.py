"""What is due is gone through, each item alone."""

import pytest

from jobs.steps import run_all


async def test_one_that_fails_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    """An item that raises does not stop those after it, and is logged by its name."""
    done = []

    async def fail() -> None:
        raise RuntimeError

    async def work() -> None:
        done.append(1)

    await run_all({"first": fail, "second": work})
    assert done == [1]
    assert "first failed" in caplog.text
