"""Why a figure from elsewhere is not kept, as mrkdwn."""

from jobs.messages.wording.escaping import safe

GONE = "This figure is not kept any more. Nothing was changed."
SLACK_SLOW = "Slack was too slow. Nothing was saved yet; send it again."
NOT_SURE = "The database was too slow, so it may be saved or not. Send it again: it is kept only once."
NO_PRODUCT = "Name a product that Bifocal knows."


def not_a_lead(product: str) -> str:
    """Members read figures; leads enter them."""
    return (
        f"Only those who lead a question or a digest about {safe(product)}, and workspace admins, enter and "
        "change its figures. Nothing was changed."
    )
