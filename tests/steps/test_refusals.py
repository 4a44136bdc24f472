"""A receiver who cannot be reached: stops nobody else, is told of, and is tried anew when mended."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from arshjul.adapters.outbox_server import OutboxServer
from arshjul.office import Office
from arshjul.steps.letters.posting import Posted
from tests.example import Home, at
from tests.letters.troubled_server import Troubles
from tests.steps.posted import TUESDAY, letters, office, post, read, relay, tell, text_of, to

__all__ = ["office"]


def test_a_refused_receiver_stops_nobody_else(office: Office) -> None:
    tell(office, "anna", "mehmet", "karin")
    troubles = Troubles(refuse={"mehmet.yildirim@bjorkviken.example": "550 5.1.1 No such user"})
    with relay(office, troubles) as troubled:
        posted = post(troubled)
        assert (posted.sent, posted.refused) == (2, 1)
        assert "Mehmet Yildirim" in posted.troubles[0]
        assert [letter.state for letter in letters(office)] == ["sent", "refused", "sent"]
        assert post(troubled, TUESDAY + timedelta(minutes=15)).sent == 1  # to the operator
        assert post(troubled, TUESDAY + timedelta(days=1)) == Posted()
    told = message_from_bytes(troubles.taken[-1], policy=policy.default)
    assert to(told) == "arshjul-drift"
    assert "ett brev till Mehmet Yildirim gick inte fram" in text_of(told)
    assert "Kontrollera adressen i organisation.yaml" in text_of(told)


def test_a_refused_letter_goes_when_the_address_has_been_mended(home: Home, outbox: OutboxServer) -> None:
    refused = Troubles(refuse={"mehmet.yildirim@bjorkviken.example": "550 5.1.1 No such user"})
    with home.office() as office, relay(office, refused) as troubled:
        tell(office, "mehmet")
        assert post(troubled).refused == 1
        assert post(troubled, TUESDAY + timedelta(days=1)).sent == 1  # to the operator; Mehmet's is not tried
    organisation = home.config / "organisation.yaml"
    organisation.write_text(organisation.read_text("utf-8").replace("mehmet.yildirim@", "mehmet@"), "utf-8")
    home.send_to(outbox.port)
    with home.office() as office:
        assert post(office, TUESDAY + timedelta(days=2)).sent == 1
    [letter] = read(outbox)
    assert to(letter) == "mehmet"
    assert "skulle ha kommit tisdag 8 september" in text_of(letter)


def test_a_letter_that_is_put_off_for_days_is_given_up_and_the_operator_is_told(office: Office) -> None:
    tell(office, "anna")
    troubles = Troubles(refuse={"anna.lindqvist@bjorkviken.example": "451 4.7.1 Try again later"})
    with relay(office, troubles) as troubled:
        for day in range(8):
            post(troubled, TUESDAY + timedelta(days=day))
    assert [letter.state for letter in letters(office)] == ["given_up", "sent"]
    given_up = letters(office)[0]
    assert given_up.given_up_at == at("2026-09-14 08:00")  # the 13th is a Sunday
    [told] = [message_from_bytes(taken, policy=policy.default) for taken in troubles.taken]
    assert "Det har försökts i fem dagar." in text_of(told)


@pytest.mark.parametrize("fault", ["an address that is none", "a person who is gone"])
def test_a_receiver_who_cannot_be_written_to_waits_for_the_organisation_to_be_mended(
    home: Home, outbox: OutboxServer, fault: str
) -> None:
    home.send_to(outbox.port)
    organisation = home.config / "organisation.yaml"
    right = organisation.read_text("utf-8")
    with home.office() as office:
        tell(office, "lena", "anna")
    if fault == "a person who is gone":
        lines = right.splitlines(keepends=True)
        organisation.write_text("".join(line for line in lines if "lena" not in line), "utf-8")
    else:
        organisation.write_text(right.replace("lena.ostberg@", "lena.östberg@"), "utf-8")
    with home.office() as office:
        posted = post(office)
        assert (posted.sent, posted.put_off, posted.refused) == (1, 1, 0)
        assert "Lena" in posted.troubles[0] or "lena" in posted.troubles[0]
        assert post(office, TUESDAY + timedelta(minutes=5)).sent == 1
    organisation.write_text(right, "utf-8")
    with home.office() as office:
        assert post(office, TUESDAY + timedelta(hours=1)).sent == 1
    assert [to(letter) for letter in read(outbox)] == ["anna.lindqvist", "arshjul-drift", "lena.ostberg"]
