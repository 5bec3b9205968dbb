"""The forms of each command, as they can be typed after `/pulse`, and what each does."""

from collections.abc import Mapping, Sequence

Forms = Sequence[tuple[str, str]]

WHERE_NUMBERS_ARE = "The numbers stand in `/pulse list`."
ONLY_LEADS = "Only those who lead it may do this, and workspace admins."

FORMS: Mapping[str, Forms] = {
    "help": (("help", "the way to a digest, and what there is"), ("help ask", "more on one command")),
    "ask": (
        ("ask nps about Atlas", "would they recommend it?"),
        ("ask csat about Atlas: the support you just received", "how satisfied?"),
        ("ask ces about Atlas: the support of Atlas", "was it easy to get help?"),
        ("ask umux_lite about Atlas", "is it useful and easy?"),
        ("ask sus about Atlas", "the full usability check"),
        ("ask seq about Atlas: send an invoice", "how hard was this task?"),
    ),
    "schedule": (
        ("schedule", "opens a form: question, product, channel, how often, until when"),
        ("schedule nps about Atlas every 4 weeks mon 09:00", "the same form, filled with these words"),
    ),
    "list": (
        ("list", "the questions and digests of this channel, with their numbers and next times"),
        ("list 2", "the second page"),
    ),
    "export": (
        ("export", "the rounds of this channel as a spreadsheet; for leads the listed comments too"),
        ("export json about Atlas", "the rounds of one product, as lines of JSON"),
    ),
    "pause": (("pause 3", "question 3 is not asked again until you resume it"),),
    "resume": (("resume 3", "question 3 is asked again at its next time"),),
    "close": (("close 3", "question 3 takes no more answers; those it has count"),),
    "change": (
        ("change 3", "opens the form of question 3: its words, days, time and length"),
        ("edit 3", "the same"),
    ),
    "end": (
        ("end 3", "question 3 is never asked again, after you confirm; answers that wait are erased"),
        ("remove 3", "the same"),
        ("delete 3", "the same"),
    ),
    "takedown": (
        ("takedown 3", "erases the newest asking of question 3 with its answers, after you confirm"),
    ),
    "leads": (
        ("leads 3", "who leads question 3"),
        ("leads Atlas", "who leads the digest about Atlas"),
        ("leads 3 add @name", "this person may change and end it too, and read its comments"),
        ("leads 3 remove @name", "this person no longer leads it"),
    ),
    "contrast": (
        ("contrast", "the newest scores of customers and users beside each other"),
        ("contrast 6w about Atlas", "the last six weeks, of one product"),
    ),
    "score": (
        ("score", "the newest score of each question of this channel"),
        ("score nps", "of one question"),
        ("score nps last month about Atlas", "of a month, of one product"),
    ),
    "trend": (
        ("trend", "the last six rounds of customers and of users"),
        ("trend nps 6m about Atlas", "half a year of one question"),
    ),
    "why": (
        ("why", "how the newest scores were made, with their numbers"),
        ("why nps about Atlas", "of one"),
    ),
    "comments": (
        ("comments", "all that may be read here"),
        ("comments negative", "of one tone: negative, neutral or positive"),
        ("comments wishes", "what asks for something to be added or changed"),
        ("comments ux speed about Atlas", "of one side, topic and product"),
        ("comments saved", "messages that were saved, and words said in passing"),
    ),
    "answers": (
        ("answers", "who chose and wrote what, where a question was asked with names"),
        ("answers cx about Atlas", "of one side and product"),
    ),
    "outcome": (
        (
            "outcome",
            "opens a form: retention, churn, conversion, app rating, your own",
        ),
        (
            "outcome churn 2.1% on 2026-10-31 from Stripe",
            "enters one",
        ),
        ("outcome list", "those that are kept; leads change and remove them"),
    ),
    "group": (
        ("group", "the groups of channels that you may read"),
        ("group eu = #buyers-eu #users-eu", "makes or changes one"),
        ("group eu add #partners-eu", "one more channel; remove takes one out"),
        ("group remove eu", "its channels stay as they are"),
        ("score group eu", "a group's figures; contrast, trend, why, comments and export read it too"),
        ("digest Atlas from group eu", "a digest that reads its channels"),
    ),
    "products": (
        ("products", "the names that you know"),
        ("products rename Altas to Atlas", "another name, after you confirm"),
        ("products merge Altas into Atlas", "all scores of the one under the other, after you confirm"),
        ("products remove Altas", "its questions end, after you confirm"),
        ("products whole Northwind", "its digest shows the users of other products too, after you confirm"),
        ("products part Northwind", "takes that back, after you confirm"),
    ),
    "say": (
        ("say I never know which invoice is which", "a word in passing, about the product of this channel"),
        ('say about "Atlas": it is slow today', "about another one; cx: or ux: in front names the side"),
        ("say", "opens a form"),
    ),
    "me": (("me", "what Bifocal keeps of you, and when it may write to you next"),),
    "mute": (("mute", "no reminders and no private messages any more"),),
    "unmute": (("unmute", "reminders again, one at most for a question"),),
    "forget": (("forget", "erases what is tied to you, after you confirm"),),
}

NOTES: Mapping[str, str] = {
    "schedule": "You see the next three dates before anything is set.",
    "pause": f"{WHERE_NUMBERS_ARE} {ONLY_LEADS}",
    "resume": f"{WHERE_NUMBERS_ARE} {ONLY_LEADS}",
    "close": f"{WHERE_NUMBERS_ARE} {ONLY_LEADS}",
    "change": f"{WHERE_NUMBERS_ARE} {ONLY_LEADS}",
    "end": f"{WHERE_NUMBERS_ARE} {ONLY_LEADS}",
    "takedown": f"{WHERE_NUMBERS_ARE} {ONLY_LEADS} Scores made with these answers go too.",
    "leads": WHERE_NUMBERS_ARE,
    "score": "A score needs 10 answers. In a channel of fewer than 12 people, 5 are enough for a word.",
    "comments": "For those who lead the question, and workspace admins. Comments are shown from 5 writers. "
    "Tones and topics are read in English; whoever runs Bifocal can add German, French, Spanish, Italian, "
    'Dutch and Portuguese. The tone of any other comment is "not read".',
    "answers": "For those who lead the question, and workspace admins.",
    "group": "For changes: those who lead something in each of its channels, and workspace admins. "
    "Who is in all of them reads it. It adds whole rounds, as every score does.",
    "products": "For changes: those who lead its repeated questions and digests, and workspace admins.",
    "say": "Leads of questions about the product and workspace admins read it, without your name.",
    "mute": "Questions still appear in your channels; you need not answer.",
    "unmute": "Bifocal writes to nobody more than once in 14 days.",
    "forget": "Scores already counted stay as they are.",
}
"""What else is to be known of a command; mrkdwn."""
