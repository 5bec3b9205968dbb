"""What is late, as one line."""

from collections.abc import Iterable, Mapping

from storage.records import DueKind, DueWork, PostKind

WORKS: Mapping[DueKind | PostKind, tuple[str, str]] = {
    DueKind.OPEN: ("question to ask", "questions to ask"),
    DueKind.CLOSE: ("question to close", "questions to close"),
    DueKind.COUNT: ("question to count", "questions to count"),
    DueKind.EDITION: ("digest to make", "digests to make"),
    PostKind.WAVE: ("question to post or renew", "questions to post or renew"),
    PostKind.EDITION: ("digest to post", "digests to post"),
    PostKind.NOTICE: ("notice to send", "notices to send"),
    PostKind.SHARE: ("shared result to post", "shared results to post"),
}


def late_words(late: Iterable[DueWork]) -> str:
    """What is late and since when: "late: 3 questions to ask, since 2026-11-30 09:00 UTC"."""
    return f"late: {'; '.join(map(_one, late))} (the log and bifocal doctor say more)"


def _one(work: DueWork) -> str:
    since = f", since {work.since:%Y-%m-%d %H:%M} UTC" if work.since else ""
    return f"{work.count} {WORKS[work.kind][work.count > 1]}{since}"
