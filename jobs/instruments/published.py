"""The standard questionnaires: wording, scale, classes, scoring, bands and credit, one literal each. Pure.

To add an instrument is to add one literal to INSTRUMENTS. The wording is taken word for word from its source.
Bands, classes and typical products are house rules unless a source is named; pauses follow published
practice.
"""

from jobs.instruments.instrument import Instrument, Scale, Scoring, Typical
from storage.records import Lens

_NPS = Instrument(  # Reichheld 2003, ends labelled only
    key="nps",
    name="NPS",
    aliases=("net promoter", "net promoter score", "recommend"),
    lens=Lens.CX,
    rank=1,
    question="How likely is it that you would recommend {subject} to a friend or colleague?",
    lead_in=None,
    about="Would they recommend it? (NPS)",
    about_more="0 to 10. For customers",
    scale=Scale(low=0, high=10, labels={0: "not at all likely", 10: "extremely likely"}),
    items=(),
    reversed_items=frozenset(),
    scoring=Scoring.NET,
    favourable_from=9,
    middle_from=7,
    mixed_from=0,
    good_from=30,
    typical=Typical(25, 80),  # software stands at 21, SaaS at 31 to 41; the variance of an answer is .6 to .8
    signed=True,
    pause_days=90,
    credit="NPS is a registered trademark of Bain & Company, Inc., Fred Reichheld and NICE Systems, Inc.",
)

_CSAT = Instrument(  # generic; Delighted's published labels
    key="csat",
    name="CSAT",
    aliases=("customer satisfaction", "satisfaction", "satisfied"),
    lens=Lens.CX,
    rank=2,
    question="How satisfied are you with {subject}?",
    lead_in=None,
    about="How satisfied are they? (CSAT)",
    about_more="1 to 5. For customers",
    scale=Scale(
        low=1,
        high=5,
        labels={
            1: "very dissatisfied",
            2: "somewhat dissatisfied",
            3: "neither satisfied nor dissatisfied",
            4: "somewhat satisfied",
            5: "very satisfied",
        },
    ),
    items=(),
    reversed_items=frozenset(),
    scoring=Scoring.SHARE,
    favourable_from=4,
    middle_from=3,
    mixed_from=70,
    good_from=80,
    typical=Typical(75, 43),  # no norm can be compared: the middle of mixed
    percent=True,
    pause_days=30,
)

_CES = Instrument(  # CES 2.0: high is good
    key="ces",
    name="CES",
    in_full="CES (ease of getting help)",
    aliases=("ease", "ces 2", "ces 2.0", "customer effort", "customer effort score", "effort"),
    lens=Lens.CX,
    rank=3,
    question=(
        "To what extent do you agree or disagree with the following statement: "
        "{subject} made it easy for me to handle my issue."
    ),
    lead_in=None,
    about="Was it easy to get help? (CES)",
    about_more="1 to 7. For customers, after an issue",
    scale=Scale(
        low=1,
        high=7,
        labels={
            1: "strongly disagree",
            2: "disagree",
            3: "somewhat disagree",
            4: "neither",
            5: "somewhat agree",
            6: "agree",
            7: "strongly agree",
        },
    ),
    items=(),
    reversed_items=frozenset(),
    scoring=Scoring.SHARE,
    favourable_from=5,
    middle_from=4,
    mixed_from=50,
    good_from=70,
    typical=Typical(60, 49),  # the same
    percent=True,
    pause_days=30,
    credit="CES 2.0 wording, CEB/Gartner (Dixon, Toman and DeLisi 2013).",
)

_UMUX_LITE = Instrument(
    key="umux_lite",
    name="UMUX-Lite",
    aliases=("umux",),
    lens=Lens.UX,
    rank=1,
    question="Two short statements about {subject}: how far do you agree?",
    lead_in=None,
    about="Is it useful and easy? (UMUX-Lite)",
    about_more="Two statements, 20 seconds. For users",
    scale=Scale(low=1, high=7, labels={1: "strongly disagree", 7: "strongly agree"}),
    items=("{subject}'s capabilities meet my requirements.", "{subject} is easy to use."),
    reversed_items=frozenset(),
    scoring=Scoring.SUM,
    favourable_from=72.6,
    middle_from=51.7,
    mixed_from=62.7,
    good_from=72.6,
    typical=Typical(68, 20, low=18),  # as for SUS
    effort="About 20 seconds.",
    pause_days=30,
    credit="UMUX-Lite: Lewis, Utesch and Maher (2013).",
)

_SUS = Instrument(  # Brooke 1996; the only change is the product's name for "the system"
    key="sus",
    name="SUS",
    aliases=("system usability scale", "usability"),
    lens=Lens.UX,
    rank=2,
    question="Ten short statements about {subject}: how far do you agree?",
    lead_in=None,
    about="Full usability check (SUS)",
    about_more="Ten statements, 2 minutes. For users, at most once a quarter",
    scale=Scale(low=1, high=5, labels={1: "strongly disagree", 5: "strongly agree"}),
    items=(
        "I think that I would like to use {subject} frequently.",
        "I found {subject} unnecessarily complex.",
        "I thought {subject} was easy to use.",
        "I think that I would need the support of a technical person to be able to use {subject}.",
        "I found the various functions in {subject} were well integrated.",
        "I thought there was too much inconsistency in {subject}.",
        "I would imagine that most people would learn to use {subject} very quickly.",
        "I found {subject} very cumbersome to use.",
        "I felt very confident using {subject}.",
        "I needed to learn a lot of things before I could get going with {subject}.",
    ),
    reversed_items=frozenset({2, 4, 6, 8, 10}),
    scoring=Scoring.SUM,
    favourable_from=72.6,
    middle_from=51.7,
    mixed_from=62.7,  # below the 35th percentile of products is poor
    good_from=72.6,  # from the 65th on is good
    typical=Typical(68, 20, low=18),  # the average product of Sauro and Lewis
    form_intro=(
        "How far do you agree? Go by your first thought; where you cannot say, choose 3. "
        "Nothing is sent until you press Send."
    ),
    effort="About 2 minutes.",
    pause_days=90,
    min_answered=9,  # one missing item costs at most a point (Lewis and Sauro 2017)
    credit="System Usability Scale: Brooke (1996), © Digital Equipment Corporation 1986.",
    graded=True,
    average=68,
)

_SEQ = Instrument(  # Sauro and Dumas 2009, ends labelled only
    key="seq",
    name="SEQ",
    aliases=("single ease question", "task"),
    lens=Lens.UX,
    rank=3,
    question="Overall, how difficult or easy was the task to complete?",
    lead_in="The task: {subject}.",
    about="How hard was this task? (SEQ)",
    about_more="1 to 7. For users, right after a task",
    scale=Scale(low=1, high=7, labels={1: "very difficult", 7: "very easy"}),
    items=(),
    reversed_items=frozenset(),
    scoring=Scoring.MEAN,
    favourable_from=6,
    middle_from=4,
    mixed_from=5,
    good_from=6,
    typical=Typical(5.5, 1.5, low=2.5),  # the average task of Sauro and Lewis
    pause_days=7,
    most_a_month=3,
    credit="SEQ: Sauro and Dumas (2009).",
)

INSTRUMENTS: dict[str, Instrument] = {
    instrument.key: instrument for instrument in (_NPS, _CSAT, _CES, _UMUX_LITE, _SUS, _SEQ)
}
"""Every instrument by its key, in the order in which people are offered them."""
