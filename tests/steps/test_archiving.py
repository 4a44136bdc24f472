"""Archiving: what is kept and in which part, what is not, and that a package is written once."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree
from sqlalchemy import select

from arshjul.adapters.archive import package_sha256, verify_package
from arshjul.adapters.store import tables
from arshjul.cycle import ARCHIVE, DISTRIBUTE, Due
from arshjul.steps.archive import archiving
from arshjul.steps.archive.archiving import archive
from arshjul.steps.figures.sources import load_export, undo_load
from arshjul.steps.report import deciding
from arshjul.steps.report.distributing import distribute
from tests.example import at
from tests.play import Play, answers_of
from tests.stages import PlayFrom

LAST = at("2026-10-30 08:00")


def package(play: Play) -> Path:
    return play.home.data / "arkiv" / "SOL-T2-2026-v1"


def contents(play: Play) -> dict[str, bytes]:
    """The files of the payload, by their path in it."""
    parts = package(play) / "representations"
    return {
        path.relative_to(parts).as_posix().replace("/data/", "/", 1): path.read_bytes()
        for path in parts.glob("*/data/**/*")
        if path.is_file()
    }


def test_a_package_holds_what_counts_in_a_public_and_a_restricted_part(play_from: PlayFrom) -> None:
    play = play_from("archived")
    [explained, approved] = play.rows(tables.Decision)
    assert sorted(contents(play)) == sorted(
        [
            "public/report/T2-2026-SOL.docx",
            "public/report/T2-2026-SOL.html",
            "public/report/T2-2026-SOL.pdf",
            "public/report/manifest.json",
            "public/data/figures.csv",
            "public/plan/plan.yaml",
            "public/config/indicators.yaml",
            "public/config/plans/SOL-2026.yaml",
            "public/config/report_kinds.yaml",
            "public/config/review.yaml",
            "public/config/sources.yaml",
            "public/config/wheel.yaml",
            f"public/decisions/{approved.id:04d}-approve.json",
            f"restricted/decisions/{explained.id:04d}-close-finding.json",
            "restricted/decisions/judgements.json",
            "restricted/case.json",
            "restricted/data/answers.csv",
            "restricted/data/sources.csv",
            *(f"restricted/forms/form-{number:02d}.json" for number in range(1, 8)),
            "restricted/config/organisation.yaml",
            "restricted/config/earlier/SOL.yaml",
            *(
                f"restricted/submissions/{scope}.json"
                for scope in (
                    *("LARKAN", "HUMLAN", "KAJUTAN", "TALTRASTEN", "HYVELN", "PIXELN", "PRAKTIKSTEGET"),
                    *("MANSKENET", "economy"),
                )
            ),
        ]
    )


def test_a_package_holds_no_draft_no_rejected_hand_in_and_no_letter(play_from: PlayFrom) -> None:
    play = play_from("archived")
    kept = contents(play)
    everything = b"\0".join(kept.values())
    assert b"drygt ett halvt kilo" not in everything  # the hand-in that was rejected
    assert not any(letter.message_id.encode() in everything for letter in play.rows(tables.Letter))
    approved, *_ = play.rows(tables.ApprovedVersion)
    drafts = {sha256 for draft in play.rows(tables.Draft) for sha256 in draft.files.values()}
    assert drafts - set(approved.files.values())
    assert json.loads(kept["restricted/submissions/HUMLAN.json"])["version"] == 2


def test_the_public_part_names_nobody_but_the_one_who_decided(play_from: PlayFrom) -> None:
    play = play_from("archived")
    words = b"\0".join(
        content
        for name, content in contents(play).items()
        if name.startswith("public/") and not name.endswith((".pdf", ".docx"))
    ).decode()
    people = play.office.installation.organisation.people
    assert [person.name for person in people if person.name in words] == ["Karin Ekdahl"]
    assert [person.address for person in people if person.address in words] == []


def test_the_package_says_what_it_is_and_on_which_approval_it_rests(play_from: PlayFrom) -> None:
    play = play_from("archived")
    [version] = play.rows(tables.ApprovedVersion)
    ead = {"e": "http://ead3.archivists.org/schema/"}
    about = etree.parse(package(play) / "metadata" / "descriptive" / "ead.xml")

    def said(path: str) -> list[str]:
        return about.xpath(f"//{path}/text()", namespaces=ead)  # type: ignore[no-any-return]

    assert said("e:archdesc/e:did/e:unitid") == ["SOL 2026/1"]
    assert said("e:titleproper") == ["Tertialrapport 2 2026, Solgläntans dagliga verksamhet, version 1"]
    assert said("e:unitdate") == ["2026-01-01 – 2026-08-31"]
    assert said("e:appraisal/e:p") == ["Bevaras. Gallras bara efter beslut av arkivmyndigheten."]
    assert [mark.split(".")[0] for mark in said("e:accessrestrict/e:p")] == [
        "Offentlig",
        "Sekretess kan gälla",
    ]
    happened = etree.parse(package(play) / "metadata" / "preservation" / "premis.xml")
    premis = {"p": "http://www.loc.gov/premis/v3"}
    assert happened.xpath("//p:eventType/text()", namespaces=premis) == [
        "creation",
        "information package creation",
        "validation",
    ]
    decided = json.loads(contents(play)[f"public/decisions/{version.decision_id:04d}-approve.json"])
    assert decided["on_sha256"] == version.manifest_sha256
    [row] = play.rows(tables.Package)
    assert row.path == package(play).name
    assert (row.sha256, row.written_at) == (package_sha256(package(play)), LAST)
    assert verify_package(package(play)) == []


def test_the_figures_of_a_package_can_be_read_as_a_table(play_from: PlayFrom) -> None:
    play = play_from("archived")
    text = contents(play)["public/data/figures.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    released = {row.cell: row.printed for row in play.rows(tables.ReleasedCell)}
    assert {f"{r['id']}|{r['scope']}|{r['sex']}|{r['period']}": r["printed"] for r in rows} == released
    assert all(Decimal(row["value"]) is not None for row in rows)
    schema = package(play) / "representations" / "public" / "schemas" / "figures.csv-metadata.json"
    columns = json.loads(schema.read_text("utf-8"))["tableSchema"]["columns"]
    assert [column["name"] for column in columns] == list(rows[0])


def test_a_report_goes_out_and_is_archived_when_the_one_who_decided_has_left(play_from: PlayFrom) -> None:
    play = play_from("approved")
    organisation = play.home.config / "organisation.yaml"
    organisation.write_text(organisation.read_text("utf-8").replace("karin", "kristina"), "utf-8")
    play.home.send_to(play.outbox.port)
    with play.home.office() as office:
        later = Play(play.home, office, play.outbox)
        later.morning(at("2026-09-28 08:00"))
        later.morning(LAST)
        [version] = later.rows(tables.ApprovedVersion)
        decided = json.loads(contents(later)[f"public/decisions/{version.decision_id:04d}-approve.json"])
    assert (decided["person"], decided["by"]) == ("karin", "karin")
    assert verify_package(package(play)) == []


def test_an_answer_that_came_after_the_approval_is_not_of_that_version(play_from: PlayFrom) -> None:
    play = play_from("approved")
    sheets = {"HUMLAN": {**answers_of("mehmet")["HUMLAN"], "complaints.text": "En synpunkt till, om ljudet."}}
    play.hand_in("mehmet", sheets, name="för sent.xlsx")
    assert play.morning(at("2026-10-01 08:00")).collected.accepted == ["Trädgårdsgruppen Humlan"]
    play.morning(LAST)
    kept = json.loads(contents(play)["restricted/submissions/HUMLAN.json"])
    assert kept["version"] == 2
    assert "om ljudet" not in kept["answers"]["complaints.text"]["text"]


def test_archiving_again_writes_nothing(play_from: PlayFrom) -> None:
    play = play_from("archived")
    before = play.everything()
    touched = {path: path.stat().st_mtime_ns for path in package(play).rglob("*")}
    assert archive(play.office, play.key, Due(f"{ARCHIVE}-1", LAST, late=False), LAST) == 0
    assert play.everything() == before
    assert {path: path.stat().st_mtime_ns for path in package(play).rglob("*")} == touched


def test_a_crash_between_the_package_and_the_ledger_leaves_one_package(
    play_from: PlayFrom, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = play_from("approved")
    play.morning(at("2026-09-28 08:00"))

    def dies(*_: object) -> None:
        raise RuntimeError("avbrott")

    with monkeypatch.context() as broken:
        broken.setattr(archiving, "record_step", dies)
        with pytest.raises(RuntimeError):
            play.morning(LAST)
    written = package_sha256(package(play))
    [claimed] = play.rows(tables.Package)
    assert claimed.sha256 is None
    assert play.steps_taken(LAST) == ["archive-1"]
    [row] = play.rows(tables.Package)
    assert row.sha256 == written == package_sha256(package(play))
    assert [path.name for path in package(play).parent.iterdir()] == ["SOL-T2-2026-v1"]


def test_the_report_goes_to_those_who_answer_and_those_who_delegated_once(play_from: PlayFrom) -> None:
    play = play_from("approved")
    now = at("2026-09-28 08:00")
    assert play.morning(now).posted.sent == 7
    told = play.told("report")
    assert set(told) == {"anna", "mehmet", "sofia", "johan", "fatima", "elin", "birgitta"}
    assert distribute(play.office, play.key, Due(f"{DISTRIBUTE}-1", now, late=False), now) == 0
    [version] = play.rows(tables.ApprovedVersion)
    [letter] = told["anna"]
    assert [file.sha256 for file in letter.attachments] == [version.files["T2-2026-SOL.pdf"]]
    assert letter.subunits == ("Ateljé Lärkan", "Musikhuset Taltrasten", "Mediegruppen Pixeln")


def test_an_approval_cut_short_gets_its_files_when_it_is_sent_out(
    play_from: PlayFrom, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = play_from("reviewed")

    def dies(*_: object) -> None:
        raise RuntimeError("avbrott")

    with monkeypatch.context() as broken:
        broken.setattr(deciding, "export_version", dies)
        with pytest.raises(RuntimeError):
            play.approve()
    folder = play.home.data / "rapporter" / "SOL" / "T2-2026" / "version-1"
    assert not folder.exists()
    assert play.steps_taken(at("2026-09-28 08:00")) == ["distribute-1"]
    assert len(list(folder.iterdir())) == 3


def test_what_other_systems_had_given_at_the_approval_is_kept_with_its_load(play_from: PlayFrom) -> None:
    play = play_from("approved")
    head = "Arbetsgrupp;Mätning;Index;Antal svar\n"

    def load(text: str, day: str) -> None:
        load_export(play.office, (head + text).encode(), "index.csv", at(day))

    with play.office.database.reading() as session:
        approved = session.scalars(select(tables.ApprovedVersion.approved_at)).one()
    load("Humlan;mars 2026;74;6\nHumlan;mars 2025;70;6\n", "2026-09-10 08:00")
    load("Lärkan;mars 2026;80;7\n", "2026-09-11 08:00")
    undo_load(play.office, 2, at("2026-09-12 08:00"))
    load("Humlan;mars 2026;99;6\n", "2026-10-02 08:00")  # after the approval
    assert at("2026-09-12 08:00") < approved < at("2026-10-02 08:00")
    play.morning(at("2026-09-28 08:00"))
    play.morning(LAST)
    text = contents(play)["restricted/data/sources.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [(row["scope"], row["month"], row["number"], row["base"], row["load"]) for row in rows] == [
        ("HUMLAN", "2026-03", "444", "6", "1")  # 74 times six who answered
    ]
    schema = package(play) / "representations" / "restricted" / "schemas" / "sources.csv-metadata.json"
    columns = json.loads(schema.read_text("utf-8"))["tableSchema"]["columns"]
    assert [column["name"] for column in columns] == list(rows[0])
