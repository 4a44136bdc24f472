"""What the review of a cycle says of texts that tell of one person."""

from dataclasses import replace

from arshjul.compilation import compile_cycle
from arshjul.review.cycle_review import review_cycle
from arshjul.review.finding import Finding, Severity
from tests.secrecy.writings import check_digit
from tests.unit.small_cycle import cycle, goal

NUMBER = "790101-123" + check_digit("790101123")
STAFF = ("Anna Lindqvist", "Mehmet Yildirim")


def found(text: str) -> list[Finding]:
    data = replace(cycle(goal(), {"LARKAN": {"complaints.text": text}}), staff=STAFF)
    codes = {"identity-number-in-text", "contact-in-text", "staff-named", "person-pointed-out"}
    return [finding for finding in review_cycle(compile_cycle(data)) if finding.code in codes]


def codes(text: str) -> list[str]:
    return [finding.code for finding in found(text)]


def test_an_identity_number_blocks_and_is_not_repeated() -> None:
    [finding] = found(f"Vi har lyssnat. Klagomålet från {NUMBER} är besvarat.")
    assert (finding.code, finding.severity) == ("identity-number-in-text", Severity.ERROR)
    assert "mening 2, ord 3" in finding.message
    assert NUMBER[-4:] not in str(finding.as_json())


def test_ways_to_reach_somebody_and_names_of_the_staff_are_told_of() -> None:
    assert codes("Ring 070-123 45 67 eller skriv till anna@kommun.example.") == ["contact-in-text"] * 2
    assert codes("Mehmet Yildirim har tagit hand om det.") == ["staff-named"]
    assert codes("Mehmet har tagit hand om det.") == []


def test_one_persons_health_or_death_is_told_of() -> None:
    for text in (
        "En deltagare avled i mars.",
        "Två av klagomålen gäller att hon har epilepsi.",
        "Brukaren blev inlagd efter en stroke.",
        "Tre medarbetare är långtidssjukskrivna.",
    ):
        assert codes(text) == ["person-pointed-out"], text


def test_what_is_said_of_many_or_of_nobody_is_let_be() -> None:
    for text in (
        "Flera deltagare har diabetes, och köket har lärt sig mer om det.",
        "Personalen har gått en utbildning om demens och epilepsi.",
        "Om en brukare får en stroke ska personalen ringa 112.",
        "Sjukfrånvaron är lägre än i fjol och en medarbetare har börjat.",
        "Vi har rutiner vid dödsfall.",
    ):
        assert codes(text) == [], text


def test_the_same_place_in_a_new_version_is_a_new_finding() -> None:
    data = cycle(goal(), {"LARKAN": {"complaints.text": "Ring 070-123 45 67."}})
    later = replace(data.submissions["LARKAN"], version=2)
    keys = {
        finding.key
        for one in (data, replace(data, submissions={**data.submissions, "LARKAN": later}))
        for finding in review_cycle(compile_cycle(one))
        if finding.code == "contact-in-text"
    }
    assert len(keys) == 2
