"""No, with the sentence for the person who asked."""


class Refused(Exception):
    """Raised when a person asks for what may not or cannot be done; its text is what they read.

    The text is Slack mrkdwn whose user words are already escaped.
    """
