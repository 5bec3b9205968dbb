"""The few words that a thing can be: side, people, tone, topic. Pure."""

from enum import StrEnum


class Lens(StrEnum):
    """The side of a product that an instrument looks at."""

    CX = "CX"
    UX = "UX"

    @property
    def other(self) -> "Lens":
        """The opposite side."""
        return Lens.UX if self is Lens.CX else Lens.CX


class People(StrEnum):
    """Whether the same people were asked in two places."""

    DIFFERENT = "different"
    SAME = "same"
    SOME = "some"


class Role(StrEnum):
    """How somebody knows a product, by their own word."""

    BUYS = "buys"
    RUNS = "runs"
    USES = "uses"
    SEVERAL = "several"


class Sentiment(StrEnum):
    """The tone of a comment, or why it has none."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"
    UNSURE = "unsure"
    UNCLASSIFIED = "unclassified"
    EMPTY = "empty"


class Touchpoint(StrEnum):
    """What a comment is about."""

    USABILITY = "usability"
    RELIABILITY = "reliability"
    PERFORMANCE = "performance"
    FEATURES = "features"
    DESIGN = "design"
    SUPPORT = "support"
    BILLING = "billing"
    PURCHASE = "purchase"
    ONBOARDING = "onboarding"
    COMMUNICATION = "communication"
    BRAND = "brand"
    OTHER = "other"

    @property
    def lens(self) -> Lens | None:
        """The side this topic belongs to; `other` belongs to none."""
        if self is Touchpoint.OTHER:
            return None
        return Lens.UX if self in _PRODUCT_FACING else Lens.CX


_PRODUCT_FACING = frozenset(
    {
        Touchpoint.USABILITY,
        Touchpoint.RELIABILITY,
        Touchpoint.PERFORMANCE,
        Touchpoint.FEATURES,
        Touchpoint.DESIGN,
    }
)
