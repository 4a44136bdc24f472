"""The plan and the monthly report live the same life as the other reports, with their own questions."""

from dataclasses import replace

import pytest
from pypdfium2 import PdfDocument

from arshjul.adapters.documents.reading import read_plan_file
from arshjul.adapters.store import tables
from arshjul.adapters.store.files import file_content
from arshjul.cycle import CycleKey
from arshjul.errors import BadInput, Refused
from arshjul.form_file import load_form
from arshjul.plan import ATTAINMENT_SWEDISH, Attainment, Kind
from arshjul.plan_file import load_plan
from arshjul.steps.cycle.output import exported_files
from arshjul.steps.cycle.settled import settled
from arshjul.steps.cycle.standing import cycle_standing
from arshjul.steps.report import deciding
from tests.play import MANAGER, Play
from tests.stages import PlayFrom

VP = CycleKey("SOL", Kind.VP, 2027)
MARCH = CycleKey("SOL", Kind.MR, 2026, 3)
T1 = CycleKey("SOL", Kind.T1, 2026)

MONEY = {
    "economy.budget_tkr": "24000",
    "economy.outcome_tkr": "6100",
    "economy.forecast_tkr": "24360",
    "economy.analysis": "Vikarier under vintern kostade mer än planerat.",
    "measures.text": "Grundbemanningen ses över till maj; controllern följer upp varje månad.",
    "form.ready": "Ja",
}


def of(play_from: PlayFrom, key: CycleKey) -> Play:
    return replace(play_from("fresh"), key=key)


def pdf_of(play: Play) -> PdfDocument:
    draft = play.rows(tables.Draft)[-1]
    [sha256] = [sha256 for name, sha256 in draft.files.items() if name.endswith(".pdf")]
    with play.office.database.reading() as session:
        return PdfDocument(file_content(session, sha256))


def words_of(pdf: PdfDocument) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())


def planned(play: Play, person: str) -> dict[str, dict[str, str]]:
    """What a deputy writes in the plan's form: about her first goals; the rest does not concern her."""
    form = next(load_form(row.content) for row in play.rows(tables.Form) if row.person == person)
    sheets = {}
    for sheet in form.sheets:
        goals = [field.group for field in sheet.fields() if field.part == "status"]
        answers = {"form.ready": "Ja", "risks.text": "Två medarbetare slutar till sommaren."}
        for goal in goals[:2]:
            answers |= {
                f"{goal}.status": "Ja",
                f"{goal}.expected_result": "Fler deltagare väljer själva sin dag.",
                f"{goal}.approach": "Vi planerar veckan tillsammans.",
                f"{goal}.activities": "Ny introduktion, mars–maj",
            }
        answers |= {f"{goal}.status": "Berör inte oss" for goal in goals[2:]}
        sheets[sheet.scope] = answers
    return sheets


def test_the_plan_is_drawn_up_in_the_autumn_from_the_plan_that_holds(play_from: PlayFrom) -> None:
    play = of(play_from, VP)
    assert play.dates.opens.year == 2026
    assert play.steps_taken(play.dates.opens) == ["open"]
    [version] = play.rows(tables.PlanVersion)
    assert (version.year, load_plan(version.content, "plan").year) == (2026, 2026)
    form = load_form(next(row.content for row in play.rows(tables.Form) if row.person == "mehmet"))
    fields = {field.part: field for field in form.sheets[0].fields()}
    assert set(fields) >= {"status", "expected_result", "approach", "activities"}
    assert not set(fields) & {"analysis", "total", "deviation"}
    shown = [field.earlier for field in form.sheets[0].fields() if field.part == "approach"]
    assert any(earlier and earlier.source == "VP 2026" and earlier.text for earlier in shown)


def test_the_plan_is_compiled_and_adopted_without_judging_goals(play_from: PlayFrom) -> None:
    play = of(play_from, VP)
    play.morning(play.dates.opens)
    for person in ("mehmet", "sofia"):
        play.hand_in(person, planned(play, person))
    play.morning(play.dates.compile)
    words = words_of(pdf_of(play))
    assert "Verksamhetsplan 2027" in words
    assert "Planen fastställs" in words
    assert "Vi planerar veckan tillsammans." in words
    assert "Utfall" not in words
    standing = cycle_standing(play.office, VP, play.dates.compile)
    assert standing.waits_for.startswith("Sammanställd. Väntar på enhetschefens fastställande")
    deciding.approve(play.office, VP, MANAGER, play.dates.approve_by)
    assert [decision.kind for decision in play.rows(tables.Decision)] == ["adopt"]
    with pytest.raises(Refused, match="redan fastställd"):
        deciding.approve(play.office, VP, MANAGER, play.dates.approve_by)
    assert play.dates.distribute is not None
    play.morning(play.dates.distribute)
    play.morning(play.dates.archive)
    assert [row.registry_number for row in play.rows(tables.Cycle)] == ["SOL 2026/1"]  # the year it opened
    assert [package.path.rpartition("/")[2] for package in play.rows(tables.Package)] == ["SOL-VP-2027-v1"]
    assert play.morning(play.dates.archive).changes == 0


def test_the_plan_says_beside_each_goal_how_it_went(play_from: PlayFrom) -> None:
    approved = play_from("approved")
    judged = {row.goal: row for row in approved.rows(tables.Judgement) if row.attainment}
    play = replace(approved, key=VP)
    play.morning(play.dates.opens)
    play.hand_in("mehmet", planned(play, "mehmet"))
    play.morning(play.dates.compile)
    words = words_of(pdf_of(play))
    assert judged
    assert words.count("Så gick det (T2 2026):") == len(judged)
    for row in judged.values():
        ends = f"{ATTAINMENT_SWEDISH[Attainment(row.attainment)]}. {row.synthesis}".split()[-6:]
        assert " ".join(ends) in words


def test_the_adopted_plan_is_proposed_as_next_years_plan_file(play_from: PlayFrom) -> None:
    play = of(play_from, VP)
    play.morning(play.dates.opens)
    play.hand_in("mehmet", planned(play, "mehmet"))
    play.morning(play.dates.compile)
    deciding.approve(play.office, VP, MANAGER, play.dates.approve_by)
    [path] = exported_files(play.office, VP, deciding.PROPOSED)
    proposed, now = read_plan_file(path), play.office.installation.plans["SOL", 2026]
    assert (proposed.kind, proposed.year) == (Kind.VP, 2027)
    assert [goal.id for goal in proposed.walk()] == [goal.id for goal in now.walk()]
    assert [i for _, i in proposed.indicators()] == [i for _, i in now.indicators()]
    approaches = [goal.sections.get("approach", "") for goal in proposed.walk()]
    assert any("Trädgårdsgruppen Humlan: Vi planerar veckan tillsammans." in text for text in approaches)
    assert not {a.id for _, a in proposed.activities()} & {a.id for _, a in now.activities()}
    assert f"--out {play.home.config / 'plans' / 'SOL-2027.yaml'}" in path.read_text("utf-8")


def test_the_month_goes_to_the_leadership_and_is_taken_up_at_no_meeting(play_from: PlayFrom) -> None:
    play = of(play_from, MARCH)
    for step in (play.dates.opens, play.dates.compile):
        play.morning(step)
    deciding.approve(play.office, MARCH, MANAGER, play.dates.approve_by)
    assert play.dates.distribute is not None
    play.morning(play.dates.distribute)
    reports = [n for n in play.rows(tables.Notice) if n.kind == "report"]
    assert [n.receiver for n in reports] == ["peter"]  # Karin has just approved it
    assert {n.content["apt_by"] for n in reports} == {None}
    play.morning(play.dates.archive)
    assert not [step for step in play.rows(tables.Step) if step.name == "apt"]


def test_the_month_is_asked_of_the_controller_alone_and_fits_on_one_page(play_from: PlayFrom) -> None:
    play = of(play_from, MARCH)
    play.morning(play.dates.opens)
    [form] = play.rows(tables.Form)
    assert (form.person, form.scopes) == ("peter", ["economy"])
    play.hand_in("peter", {"economy": MONEY})
    play.morning(play.dates.compile)
    pdf = pdf_of(play)
    assert len(pdf) == 1
    words = words_of(pdf).replace("\xa0", " ")
    for said in ("Månadsrapport mars 2026", "24 000 6 100 24 360 −360 −1,5 %", MONEY["measures.text"]):
        assert said in words


def test_what_the_month_says_stands_beside_the_field_of_the_next_report(play_from: PlayFrom) -> None:
    month = of(play_from, MARCH)
    month.morning(month.dates.opens)
    month.hand_in("peter", {"economy": MONEY})
    month.morning(month.dates.compile)
    deciding.approve(month.office, MARCH, MANAGER, month.dates.approve_by)
    tertial = replace(month, key=T1)
    tertial.morning(tertial.dates.opens)
    forms = [load_form(row.content) for row in tertial.rows(tables.Form) if row.person == "peter"]
    [sheet] = next(form for form in forms if form.cycle == "T1 2026").sheets
    asked = next(field for field in sheet.fields() if field.id == "economy.analysis")
    assert asked.earlier is not None
    assert (asked.earlier.source, asked.earlier.text) == ("MR 2026-03", MONEY["economy.analysis"])


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        (CycleKey("SOL", Kind.MR, 2026), "görs varje månad"),
        (CycleKey("SOL", Kind.MR, 2026, 7), "görs inte för månad 7"),
        (CycleKey("SOL", Kind.T2, 2026, 3), "en gång om året"),
        (CycleKey("SOL", Kind.T2, 2027), "ingen plan för SOL 2027"),
        (CycleKey("SOL", Kind.VP, 2029), "2029 eller 2028"),
    ],
)
def test_what_is_no_report_of_the_wheel_is_refused_in_words(
    play_from: PlayFrom, key: CycleKey, sentence: str
) -> None:
    with pytest.raises(BadInput, match=sentence):
        settled(play_from("fresh").office, key)
