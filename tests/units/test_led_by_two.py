"""A unit that two managers lead together: either decides, both are told, both stand on the report."""

from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default

import pytest

from arshjul.adapters.store import tables
from arshjul.cycle import CycleKey
from arshjul.errors import Refused
from arshjul.steps.cycle.cycles import find_cycle
from arshjul.steps.report import deciding
from tests.example import at
from tests.units.neighbours import HAM, SOL, Neighbours

MALIN = "malin.akerstrom@bjorkviken.example"
JONAS = "jonas.tallvik@bjorkviken.example"
YASMIN = "yasmin.rahimi@bjorkviken.example"


def decisions(both: Neighbours, key: CycleKey) -> set[tuple[str, str]]:
    with both.office.database.reading() as session:
        cycle = find_cycle(session, key)
        assert cycle is not None
    rows = both.lives[key.unit_code].play.rows(tables.Decision)
    return {(row.kind, row.person) for row in rows if row.cycle_id == cycle.id}


def letters(both: Neighbours, to: str, about: str) -> Iterator[tuple[str, str]]:
    """Reply-To and text of the letters to an address whose subject has `about` in it."""
    for path in both.outbox.letters():
        message = message_from_bytes(path.read_bytes(), policy=default)
        if to in str(message["To"]) and about in str(message["Subject"]):
            text = message.get_body(("plain",))
            assert text is not None
            yield str(message["Reply-To"]), text.get_content()


def test_one_manager_explains_what_the_other_approves(lived: Neighbours) -> None:
    assert decisions(lived, HAM) == {("close-finding", "malin"), ("approve", "jonas")}
    judged = {row.person for row in lived.lives["HAM"].play.rows(tables.Judgement)}
    assert judged == {"karin", "jonas"}


@pytest.mark.parametrize(
    ("key", "stranger", "managers"), [(HAM, "karin", "malin, jonas"), (SOL, "malin", "karin")]
)
def test_a_manager_of_one_unit_decides_nothing_in_the_other(
    lived: Neighbours, key: CycleKey, stranger: str, managers: str
) -> None:
    with pytest.raises(Refused, match=f"Det kan bara göras av: {managers}"):
        deciding.begin_correction(lived.office, key, stranger, "Detta är ett skäl.", at("2026-11-02 09:00"))


@pytest.mark.parametrize("about", ["svar saknas för Ekonomi", "är sammanställd"])
def test_each_manager_gets_her_own_letter_and_reads_that_the_other_has_it(
    lived: Neighbours, about: str
) -> None:
    for address, name, other in ((MALIN, "Malin", "Jonas Tallvik"), (JONAS, "Jonas", "Malin Åkerström")):
        ((_, text),) = letters(lived, address, about)
        assert text.startswith(f"Hej {name}!")
        assert f"{other} har fått samma besked." in text.replace("\r\n", "\n")


def test_a_managers_own_form_comes_without_a_manager_over_her(lived: Neighbours) -> None:
    ((reply_to, text),) = letters(lived, MALIN, "fyll i underlaget")
    assert "du svarar för Team Norrhamn och Kvällsteamet" in text
    assert "Vänliga hälsningar" not in text
    assert "Jonas" not in text
    assert JONAS not in reply_to


def test_the_team_leader_is_written_to_by_both(lived: Neighbours) -> None:
    ((reply_to, text),) = letters(lived, YASMIN, "fyll i underlaget")
    assert MALIN in reply_to
    assert JONAS in reply_to
    assert "Jonas Tallvik har lämnat över Träffpunkt Fyren till dig" in text
    assert "Malin Åkerström och Jonas Tallvik\r\nHamngatans boendestöd" in text


def test_the_first_page_names_both(lived: Neighbours) -> None:
    folder = lived.home.data / "rapporter" / "HAM" / "T2-2026" / "version-1"
    page = (folder / "T2-2026-HAM.html").read_text("utf-8")
    assert "Malin Åkerström och Jonas Tallvik" in page
