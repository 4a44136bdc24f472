"""Decisions: who may, when they may not, and that what is approved is frozen."""

import hashlib
import json
from dataclasses import replace

import pytest

from arshjul.adapters.store import tables
from arshjul.adapters.store.files import file_content
from arshjul.cycle import CycleKey
from arshjul.cycle_data import Judged
from arshjul.errors import BadInput, Busy, Refused
from arshjul.organisation import Absence
from arshjul.plan import Attainment, Kind
from arshjul.steps.answers.collecting import collect_file, inbox_files
from arshjul.steps.cycle.lease import leased
from arshjul.steps.cycle.settled import settled
from arshjul.steps.report import deciding
from tests.example import at
from tests.play import MANAGER, Play, answers_of, story
from tests.stages import PlayFrom

NOW = at("2026-09-23 15:30")
CHANGES = "Antalet studiebesök på Humlan rättas från 3 till 4."


def bytes_of(play: Play, files: dict[str, str]) -> dict[str, bytes]:
    with play.office.database.reading() as session:
        return {name: file_content(session, sha256) for name, sha256 in files.items()}


def version(play: Play, number: int) -> tables.ApprovedVersion:
    [row] = [row for row in play.rows(tables.ApprovedVersion) if row.number == number]
    assert isinstance(row, tables.ApprovedVersion)
    return row


def test_what_is_approved_is_the_drafts_own_bytes(play_from: PlayFrom) -> None:
    play = play_from("reviewed")
    draft = play.rows(tables.Draft)[-1]
    sha256 = play.approve()
    frozen = version(play, 1)
    assert bytes_of(play, frozen.files) == bytes_of(play, draft.files)
    folder = play.home.data / "rapporter" / "SOL" / "T2-2026" / "version-1"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == bytes_of(play, draft.files)
    assert hashlib.sha256(frozen.manifest.encode()).hexdigest() == frozen.manifest_sha256 == sha256


def test_the_decision_stands_beside_with_name_time_and_the_hash_of_what_was_approved(
    play_from: PlayFrom,
) -> None:
    play = play_from("approved")
    frozen = version(play, 1)
    [decision] = [row for row in play.rows(tables.Decision) if row.kind == "approve"]
    assert (decision.person, decision.at, decision.subject_sha256) == (
        MANAGER,
        story().approves_at,
        frozen.manifest_sha256,
    )
    manifest = json.loads(frozen.manifest)
    assert {name: len(sha256) for name, sha256 in manifest["files"].items()} == dict.fromkeys(
        frozen.files, 64
    )
    assert set(manifest["submissions"]) == {form for row in play.rows(tables.Form) for form in row.scopes} - {
        "RETUREN"
    }
    page = bytes_of(play, frozen.files)["T2-2026-SOL.html"].decode()
    assert frozen.manifest_sha256 not in page


def test_every_cell_that_leaves_is_recorded_as_released(play_from: PlayFrom) -> None:
    play = play_from("approved")
    draft = play.rows(tables.Draft)[-1]
    released = {row.cell: row.printed for row in play.rows(tables.ReleasedCell)}
    assert released == draft.cells
    assert released


def test_an_open_error_stops_an_approval(play_from: PlayFrom) -> None:
    play = play_from("compiled")
    play.judge(0)
    play.morning(at("2026-09-22 10:05"))
    before = play.everything()
    with pytest.raises(Refused, match=r"iakttagelser hindrar ett godkännande\. Rätta dem eller"):
        play.approve()
    after = play.everything()
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}


def test_a_draft_of_yesterdays_data_cannot_be_approved(play_from: PlayFrom) -> None:
    play = play_from("reviewed")
    deciding.judge(play.office, play.key, MANAGER, {"G04": Judged(Attainment.FULL, "Ändrat.")}, NOW)
    with pytest.raises(Refused, match=r"Något har ändrats .* Kör ”arshjul run T2 2026 --unit SOL”"):
        play.approve()


def test_an_answer_that_came_in_since_stops_an_approval(play_from: PlayFrom) -> None:
    play = play_from("reviewed")
    play.hand_in("johan", {"RETUREN": answers_of("johan")["HYVELN"]}, name="returen.xlsx")
    for path in inbox_files(play.office):
        collect_file(play.office, path, NOW)
    with pytest.raises(Refused, match="Något har ändrats"):
        play.approve()


@pytest.mark.parametrize("person", ["anna", "birgitta", "peter", "lena", "ingen"])
def test_nobody_but_a_manager_decides(play_from: PlayFrom, person: str) -> None:
    play = play_from("reviewed")
    whose = rf"^{person} är inte enhetschef för Solgläntans dagliga verksamhet\. .*: karin\.$"
    judged = {"G04": Judged(None, "Text.")}
    for decide in (
        lambda: deciding.approve(play.office, play.key, person, NOW),
        lambda: deciding.judge(play.office, play.key, person, judged, NOW),
        lambda: deciding.close_finding(play.office, play.key, person, 1, "Ett skäl som håller.", NOW),
        lambda: deciding.begin_correction(play.office, play.key, person, CHANGES, NOW),
    ):
        with pytest.raises(Refused, match=whose):
            decide()
    assert play.rows(tables.ApprovedVersion) == []


def test_whoever_stands_in_for_the_manager_decides_in_her_own_name(play_from: PlayFrom) -> None:
    play = play_from("reviewed")
    installation = play.office.installation
    away = Absence(MANAGER, "anna", NOW.date(), NOW.date())
    organisation = replace(installation.organisation, absences=(*installation.organisation.absences, away))
    office = replace(play.office, installation=replace(installation, organisation=organisation))
    deciding.judge(office, play.key, "anna", {"G04": Judged(None, "Text.")}, NOW)
    assert play.rows(tables.Judgement)[-1].person == "anna"


def test_nothing_is_decided_before_the_cycle_is_open(play_from: PlayFrom) -> None:
    play = play_from("fresh")
    for begun in (False, True):
        if begun:
            with leased(play.office, play.key, NOW):
                pass
        for decide in (
            lambda: play.approve(),
            lambda: deciding.judge(play.office, play.key, MANAGER, {"G04": Judged(None, "Text.")}, NOW),
        ):
            with pytest.raises(Refused, match="har inte öppnats än"):
                decide()


def test_what_is_not_compiled_cannot_be_approved(play_from: PlayFrom) -> None:
    play = play_from("answered")
    with pytest.raises(Refused, match="är inte sammanställd än"):
        play.approve()


def test_a_goal_that_the_plan_lacks_is_told_and_nothing_of_the_rest_is_kept(play_from: PlayFrom) -> None:
    play = play_from("compiled")
    judged = {"G04": Judged(None, "Text."), "G99": Judged(None, "Text.")}
    with pytest.raises(BadInput, match="planen har inget mål med id G99"):
        deciding.judge(play.office, play.key, MANAGER, judged, NOW)
    assert play.rows(tables.Judgement) == []


def test_a_finding_is_closed_with_a_reason_once_and_only_in_its_own_cycle(play_from: PlayFrom) -> None:
    play = play_from("compiled")
    finding = play.rows(tables.Finding)[0]
    office, key = play.office, play.key
    with pytest.raises(Refused, match="Skriv ett skäl"):
        deciding.close_finding(office, key, MANAGER, finding.id, "Känt redan", NOW)
    with pytest.raises(Refused, match="har ingen iakttagelse med nummer 999"):
        deciding.close_finding(office, key, MANAGER, 999, "Ett skäl som håller.", NOW)
    deciding.close_finding(office, key, MANAGER, finding.id, "Ett skäl som håller.", NOW)
    with pytest.raises(Refused, match="är redan stängd"):
        deciding.close_finding(office, key, MANAGER, finding.id, "Ett skäl som håller.", NOW)
    [decision] = play.rows(tables.Decision)
    assert (decision.kind, decision.reason, decision.subject_sha256) == (
        "close-finding",
        "Ett skäl som håller.",
        finding.key,
    )


def test_a_cycle_that_somebody_works_on_cannot_be_approved_meanwhile(play_from: PlayFrom) -> None:
    play = play_from("reviewed")
    with (
        play.home.office("rådhuset:4711:b") as other,
        leased(other, play.key, NOW),
        pytest.raises(Busy, match="rådhuset, process 4711"),
    ):
        play.approve()


def test_an_approved_report_is_changed_only_by_a_correction(play_from: PlayFrom) -> None:
    play = play_from("approved")
    sentence = r"är redan godkänd \(version 1\)\. Börja en rättelse med ”arshjul correct T2 2026 --unit SOL”"
    for decide in (
        lambda: play.approve(),
        lambda: deciding.judge(play.office, play.key, MANAGER, {"G04": Judged(None, "Text.")}, NOW),
        lambda: deciding.close_finding(play.office, play.key, MANAGER, 1, "Ett skäl som håller.", NOW),
    ):
        with pytest.raises(Refused, match=sentence):
            decide()


def test_a_correction_becomes_version_2_and_version_1_stays_as_it_was(play_from: PlayFrom) -> None:
    play = play_from("archived")
    first = version(play, 1)
    frozen = bytes_of(play, first.files)
    packages = {path: path.read_bytes() for path in (play.home.data / "arkiv").rglob("*") if path.is_file()}
    now = at("2026-11-03 09:00")
    assert deciding.begin_correction(play.office, play.key, MANAGER, CHANGES, now) == 2
    with pytest.raises(Refused, match="En rättelse av T2 2026 pågår redan"):
        deciding.begin_correction(play.office, play.key, MANAGER, CHANGES, now)
    sheets = {"HUMLAN": {**answers_of("mehmet")["HUMLAN"], "I09.total": 4}}
    play.hand_in("mehmet", sheets, name="rättat.xlsx")
    assert play.steps_taken(now) == ["compile"]
    for row in play.rows(tables.Finding):
        if row.state == "open" and row.severity == "error":
            deciding.close_finding(play.office, play.key, MANAGER, row.id, "Följer av rättelsen.", now)
    assert play.steps_taken(now) == []
    play.approve(now)
    assert play.steps_taken(now) == ["distribute-2", "archive-2"]

    second = version(play, 2)
    assert bytes_of(play, first.files) == frozen
    assert version(play, 1).manifest == first.manifest
    assert all(path.read_bytes() == content for path, content in packages.items())
    assert bytes_of(play, second.files) != frozen
    page = bytes_of(play, second.files)["T2-2026-SOL.html"].decode()
    assert CHANGES in page
    assert "version 2" in page.casefold()
    before, after = (json.loads(row.manifest)["submissions"] for row in (first, second))
    assert {scope for scope in after if after[scope] != before[scope]} == {"HUMLAN"}
    assert sorted(path.name for path in (play.home.data / "arkiv").iterdir()) == [
        "SOL-T2-2026-v1",
        "SOL-T2-2026-v2",
    ]
    assert play.steps_taken(now) == []


def test_a_correction_needs_an_approved_report_and_words(play_from: PlayFrom) -> None:
    play = play_from("reviewed")
    with pytest.raises(Refused, match="är inte godkänd än"):
        deciding.begin_correction(play.office, play.key, MANAGER, CHANGES, NOW)
    with pytest.raises(Refused, match="Skriv vad som rättas"):
        deciding.begin_correction(play.office, play.key, MANAGER, "Fel", NOW)


def test_a_report_that_the_wheel_lacks_is_told(play_from: PlayFrom) -> None:
    play = play_from("fresh")
    with pytest.raises(BadInput, match=r"^wheel\.yaml: MR görs inte för månad 7 i SOL"):
        settled(play.office, CycleKey("SOL", Kind.MR, 2026, 7))
