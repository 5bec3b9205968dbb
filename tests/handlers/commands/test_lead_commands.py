"""`/pulse leads`: who may add and remove whom; and commands where no channel is."""

from tests.conftest import Company, Running
from tests.standing import a_digest, a_pulse


async def test_leads_are_added_and_removed_by_leads(running: Running, company: Company) -> None:
    """Only its leads and admins change them, only full members are added, and the last one stays."""
    store, here = running.bot.store, company.channel
    lead_id, now = company.lead.id, running.clock()
    await a_pulse(store, rule="weekly mon 10:00", zone="UTC", channel_id=here.id, lead_id=lead_id, now=now)
    await a_digest(store, rule="weekly mon 09:00", zone="UTC", channel_id=here.id, lead_id=lead_id, now=now)
    second, guest = company.people[0], company.guest

    async def said(user: object, words: str) -> str:
        answer = await running.type(user, here, f"leads {words}")  # type: ignore[arg-type]
        assert answer is not None
        return answer.text

    for what in ("1", "Atlas"):
        assert "led by Priya Nair." in await said(second, what)
        assert "Only" in await said(second, f"{what} add @{second.name}")
        assert "is now led by Priya Nair and Person 0." in await said(
            company.lead, f"{what} add @{second.name}"
        )
        assert "is now led by Priya Nair and Person 0." in await said(second, f"{what} add @{second.name}")
        assert "Only a full member" in await said(second, f"{what} add @{guest.name}")
        if what == "1":
            assert "set this question up" in await said(second, f"{what} remove @{company.lead.name}")
            continue
        assert "is now led by Person 0." in await said(second, f"{what} remove @{company.lead.name}")
        assert "its last lead" in await said(second, f"{what} remove @{second.name}")
        assert "Only" in await said(company.lead, f"{what} add @{company.lead.name}")
        assert "led by Person 0 and Priya Nair" in await said(
            company.admin, f"{what} add @{company.lead.name}"
        )
    assert "There is no question 9" in await said(company.lead, "9")
    assert not running.slack.troubles
