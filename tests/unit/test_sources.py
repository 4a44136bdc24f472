"""Exports from other systems: recognised, checked line by line, made to values that can be put together."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from arshjul.adapters.export_files import read_tables
from arshjul.catalogue import Measure, Method, Sex, Span
from arshjul.errors import BadInput
from arshjul.sources.changes import compare
from arshjul.sources.months import read_month, twelve_months
from arshjul.sources.table import Cell
from tests.unit.source_sample import CONFIG, given, installation, read, values

SICK = (
    "Kostnadsställe;Anställningsform;Kön;Månad;Antal anställda;Ordinarie timmar;Sjuktimmar;"
    "Sjuktimmar dag 1-14\n"
)
CASES = "Verksamhet;Kategori;Månad;Inkomna;Pågående;Avslutade\n"
MONEY = "Kst;Kontogrupp;Period;Årsbudget;Ack utfall;Prognos helår\n"
STOCK = "Verksamhet;Månad;Ingående;Nya;Slutat;Utgående;Studiebesök\n"
SURVEY = "Svarsdatum;Verksamhet;Kön;Jag kan påverka innehållet i min dag;Jag känner mig trygg här;Övrigt\n"
GROUPS = "Verksamhet;Fråga;Period;Kön;Andel positiva;Antal svar\n"
INDEX = "Arbetsgrupp;Mätning;Index;Antal svar\n"


def faults(text: str) -> list[str]:
    return [str(fault) for fault in read(text).faults]


@pytest.mark.parametrize("path", sorted((CONFIG / "sources").iterdir()), ids=lambda path: path.stem)
def test_each_example_of_an_export_is_read_without_a_fault(path: Path) -> None:
    found = read(path.read_bytes())
    assert found.faults == ()
    assert found.values


def test_there_is_an_example_of_every_source() -> None:
    read_ones = {read(path.read_bytes()).source for path in (CONFIG / "sources").iterdir()}
    assert read_ones == set(installation().sources.sources)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_text_is_read_however_it_is_encoded_and_parted(encoding: str, separator: str) -> None:
    text = (CASES + "Ateljé Lärkan;Klagomål;2026-03;2;0;2\r\n").replace(";", separator)
    [value] = [v for v in read(text.encode(encoding)).values if v.field == "complaints.count"]
    assert (value.scope, value.number) == ("LARKAN", 2)


def test_between_commas_a_point_is_a_decimal_point_and_a_quoted_comma_a_decimal_comma() -> None:
    text = 'Verksamhet,Månad,Inköp kr,Ekologiskt kr\nHumlan,2026-01,1050.125,"420,05"\n'
    [value] = values(text, "purchases.organic_pct").values()
    assert (value.number, value.base) == (Decimal("42005.00"), Decimal("1050.125"))


def test_headers_are_found_below_what_a_system_writes_above_them() -> None:
    assert values("Utskrift;;\n;;\n" + INDEX + "Humlan;mars 2026;74;6\n", "I14")


def test_a_share_of_hours_is_kept_as_its_two_sums() -> None:
    text = SICK + (
        "41010 Ateljé Lärkan;Tillsvidare;K;2026-01;5;760,0;76,0;20,0\n"
        "41010 Ateljé Lärkan;Tillsvidare;M;2026-01;2;304,0;0;0\n"
        "41010 Ateljé Lärkan;Timavlönad;K;2026-01;1;40,0;40,0;0\n"
    )
    found = values(text, "I15")
    total = found["LARKAN", Sex.TOTAL, "2026-01"]
    assert (total.number, total.base, total.respondents) == (7600, 1064, 7)
    assert found["LARKAN", Sex.WOMEN, "2026-01"].value == 10


def test_a_survey_becomes_counts_by_workplace_and_nothing_of_a_row_is_left() -> None:
    rows = ["Kvinna;Ja;Ja", "Man;Delvis;Nej", "Man;Vet inte;", "Vill inte svara;Ja;Ja", ";Nej;Ja"]
    found = read(
        SURVEY + "".join(f"2026-08-{20 + n};Humlan;{row};fritext {n}\n" for n, row in enumerate(rows))
    )
    influence = {v.sex: (v.number, v.base, v.respondents) for v in found.values if v.field == "I03"}
    assert influence == {Sex.WOMEN: (100, 1, 1), Sex.MEN: (0, 1, 1), Sex.TOTAL: (200, 4, 4)}
    assert not any("fritext" in repr(value) for value in found.values)


def test_a_fault_in_a_survey_never_repeats_what_somebody_answered() -> None:
    [fault] = faults(SURVEY + "2026-08-20;Humlan;Kvinna;Jag mår dåligt;Ja;\n")
    assert "dåligt" not in fault
    assert fault.startswith("rad 2, Jag kan påverka")


def test_a_groups_share_is_weighed_by_those_who_answered() -> None:
    found = values(GROUPS + "Humlan;Nöjd;okt 2025;K;90,0;10\nHumlan;Nöjd;okt 2025;M;60,0;5\n", "I01")
    assert found["HUMLAN", Sex.TOTAL, "2025-10"].value == 80
    assert found["HUMLAN", Sex.TOTAL, "2025-10"].respondents == 15


def test_amounts_in_kronor_become_thousands_exactly() -> None:
    text = MONEY + "41010;Personal;202608;1 000 500;333 333,33;-12-\n"
    assert "”-12-” är inget tal." in faults(text)[0]
    [value] = values(text.replace("-12-", "12-"), "economy.forecast_tkr").values()
    assert value.number == Decimal("-0.012")
    assert value.detail == "Personal"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("Lerkan;Klagomål;2026-03;1;0;1", "rad 2, Verksamhet: ”Lerkan” finns inte här."),
        ("Lärkan;Ilska;2026-03;1;0;1", "rad 2, Kategori: ”Ilska” finns inte bland Lex Sarah"),
        ("Lärkan;Klagomål;2026-13;1;0;1", "rad 2, Månad: ”2026-13” är ingen månad."),
        ("Lärkan;Klagomål;2026-12;1;0;1", "rad 2, Månad: 2026-12 har inte varit än."),
        ("Lärkan;Klagomål;2026-03;många;0;1", "rad 2, Inkomna: ”många” är inget tal."),
        ("Lärkan;Klagomål;2026-03;1.050;0;1", "rad 2, Inkomna: ”1.050” kan läsas på två sätt."),
        ("Lärkan;Klagomål;2026-03;1,5;0;1", "rad 2, Inkomna: ”1,5” är inget helt tal."),
        ("Lärkan;Klagomål;2026-03;1;-1;1", "rad 2, Pågående: ”-1” är för litet: minst 0."),
        ("Lärkan;Klagomål;2026-03;1001;0;1", "rad 2, Inkomna: ”1001” är för stort: högst 1"),
        ("Lärkan;Klagomål;2026-03;;0;1", "rad 2, Inkomna: här står inget."),
        (
            "Lärkan;Klagomål;2026-03;1;0;1\nLARKAN;klagomål;mars 2026;1;0;1",
            "rad 3: samma uppgift står på rad 2.",
        ),
    ],
)
def test_what_is_wrong_is_told_with_line_and_column(row: str, fault: str) -> None:
    [found] = faults(CASES + row + "\n")
    assert found.startswith(fault)


def test_all_faults_of_a_file_are_told_at_once() -> None:
    assert len(faults(CASES + "Lerkan;Ilska;x;y;-1;\nHumlan;Klagomål;2026-03;z;0;1\n")) == 6


def test_a_row_that_does_not_go_even_is_told_with_its_sum() -> None:
    [fault] = faults(STOCK + "Humlan;2026-03;12;1;2;12;0\n")
    assert fault == "rad 2, Utgående: Ingående + Nya − Slutat blir 11, men här står 12."


def test_a_row_of_totals_is_checked_and_gives_nothing() -> None:
    rows = "41010;Personal;202608;100000;60000;110000\n41020;Personal;202608;50000;30000;50000\n"
    right = read(MONEY + rows + "Summa;;;150000;90000;160000\n")
    assert right.faults == ()
    assert len({value.scope for value in right.values}) == 2
    assert faults(MONEY + rows + "Summa;;;150001;90000;160000\n") == [
        "rad 4, Årsbudget: summan säger 150\xa0001, men raderna ovanför blir 150\xa0000."
    ]


def test_women_and_men_against_a_row_for_all_are_compared() -> None:
    rows = "".join(
        f"41010;Tillsvidare;{sex};2026-01;3;100,0;{h};0\n" for sex, h in (("K", 5), ("M", 7), ("Alla", 13))
    )
    assert "kvinnor och män blir" in faults(SICK + rows)[0]


def test_other_units_are_passed_over_in_an_export_for_all_and_refused_elsewhere() -> None:
    found = read(SICK + "43010 Ekbacken;Vikariat;K;2026-01;;100,0;5,0;0\n")
    assert (found.faults, found.skipped, found.values) == ((), 1, ())
    assert faults(CASES + "Ekbacken;Klagomål;2026-03;1;0;1\n")


def test_a_file_of_no_known_kind_is_told_what_the_nearest_one_misses() -> None:
    with pytest.raises(BadInput, match=r"liknar Synpunkter.* saknar kolumnen ”Kategori”"):
        read("Verksamhet;Månad;Inkomna;Pågående;Avslutade\nHumlan;2026-03;1;0;1\n")
    with pytest.raises(BadInput, match="känns inte igen"):
        read("Recept;Mängd\nSoppa;4\n")


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02" * 50, b"PK\x03\x04 trasig", bytes.fromhex("d0cf11e0a1b11ae1")]
)
def test_what_is_no_export_is_one_sentence(content: bytes) -> None:
    with pytest.raises(BadInput):
        read_tables(content, "x.csv")


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("2026-08", "2026-08"),
        ("202608", "2026-08"),
        (Decimal(202608), "2026-08"),
        ("2026-08-31", "2026-08"),
        ("08/2026", "2026-08"),
        ("aug 2026", "2026-08"),
        ("Augusti 2026", "2026-08"),
        (date(2026, 8, 3), "2026-08"),
        ("T2 2026", "2026-08"),
        ("2026 T1", "2026-04"),
        ("2026-00", None),
        ("hösten", None),
        (True, None),
    ],
)
def test_a_month_is_read_as_systems_write_it(written: Cell, month: str | None) -> None:
    assert read_month(written) == month


def test_a_load_changes_only_the_workplaces_and_months_in_it() -> None:
    known = read(INDEX + "Humlan;mars 2026;74;6\nLärkan;mars 2026;80;7\n").values
    changes = compare(known, read(INDEX + "Humlan;mars 2026;75;6\n").values)
    assert ([new.value for _, new in changes.changed], changes.gone, changes.added) == ([75], (), ())
    assert compare(known, known).nothing


SHARE = Measure(Method.RATIO, "%", 1)


def sick(*months: tuple[str, int, int]) -> str:
    rows = (f"41010;Tillsvidare;Alla;{month};7;{possible};{absent};0\n" for month, possible, absent in months)
    return SICK + "".join(rows)


def test_a_value_is_put_together_from_january_and_bears_its_newest_month() -> None:
    text = sick(("2025-12", 100, 50), ("2026-01", 100, 10), ("2026-03", 300, 10))
    value = given(text, measures={"I15": SHARE}).value("LARKAN", "I15")
    assert value is not None
    assert (value.number, value.part, value.whole) == (5, 2000, 400)
    assert (value.as_of, value.origin, value.respondents) == ("2026-03", "HR-systemet per 2026-03", 7)


def test_months_after_the_period_are_not_in_it() -> None:
    text = sick(("2026-04", 100, 10), ("2026-05", 100, 90))
    value = given(text, last_month="2026-04", measures={"I15": SHARE}).value("LARKAN", "I15")
    assert value is not None
    assert value.number == 10


def test_a_rolling_year_is_twelve_months_or_nothing() -> None:
    rolling = Measure(Method.RATIO, "%", 1, span=Span.ROLLING_YEAR)
    months = [(month, 100, 6) for month in twelve_months("2026-08")]
    value = given(sick(*months), measures={"I15": rolling}).value("LARKAN", "I15")
    assert value is not None
    assert (value.number, value.whole) == (6, 1200)
    assert given(sick(*months[1:]), measures={"I15": rolling}).value("LARKAN", "I15") is None


def test_a_change_is_against_the_same_months_last_year() -> None:
    change = Measure(Method.RATIO, "%", 1, span=Span.CHANGE)
    text = sick(("2025-01", 100, 4), ("2025-02", 100, 50), ("2026-01", 100, 7))
    value = given(text, measures={"I15": change}).value("LARKAN", "I15")
    assert value is not None
    assert value.number == 3


def test_the_newest_index_counts_when_it_is_at_most_a_year_old() -> None:
    text = INDEX + "Humlan;mars 2025;70;6\nHumlan;mars 2026;74;6\nLärkan;mars 2025;70;6\n"
    found = given(text)
    assert found.value("LARKAN", "I14") is None
    value = found.value("HUMLAN", "I14")
    assert value is not None
    assert (value.number, value.as_of) == (74, "2026-03")


def test_what_a_section_answers_is_all_sub_units_together() -> None:
    text = MONEY + "41010;Personal;202608;100000;60000;110000\n41000;Intäkter;202608;-20000;-9000;-20000\n"
    value = given(text, sections={"economy.budget_tkr": "economy"}).value("economy", "economy.budget_tkr")
    assert value is not None
    assert value.number == 80
