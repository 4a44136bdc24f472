"""From packages alone: a new installation shows the report and knows the figures."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from arshjul.adapters.archive import write_package
from arshjul.adapters.archive.bags import make_bag
from arshjul.adapters.store import tables
from arshjul.cycle import CycleKey
from arshjul.errors import BadInput, Refused
from arshjul.history import History
from arshjul.plan import Kind
from arshjul.steps.archive.package_check import check_packages
from arshjul.steps.archive.restoring import restore
from arshjul.steps.cycle.standing import cycle_standing
from arshjul.steps.figures.earlier import history_of
from arshjul.steps.figures.releases import releases_of
from arshjul.steps.report.approved import approved_document
from arshjul.steps.report.city_system import package_of
from tests.example import T2, Home, at
from tests.stages import PlayFrom
from tests.store.test_package import HOLDING

NEXT = CycleKey("SOL", Kind.VB, 2026)
LATER = at("2026-12-01 08:00")


def test_a_new_installation_has_every_report_and_the_figures_of_the_packages(
    play_from: PlayFrom, tmp_path: Path, empty_store: Path
) -> None:
    play = play_from("archived")
    package = play.home.data / "arkiv" / "SOL-T2-2026-v1"
    new = Home.new(tmp_path / "ny", empty_store)
    with new.office() as office:
        first = restore(office, package, LATER)
        assert (first.key, first.version, first.new) == (T2, 1, True)
        assert not restore(office, package, LATER).new
        assert approved_document(office, T2) == approved_document(play.office, T2)
        with pytest.raises(Refused, match="inläst ur arkivet"):  # what was to be entered is not kept
            package_of(office, T2)
        assert len(list((new.data / "rapporter" / "SOL" / "T2-2026" / "version-1").iterdir())) == 3
        with office.database.reading() as now, play.office.database.reading() as then:
            rebuilt, known = history_of(now, NEXT, History()), history_of(then, NEXT, History())
            assert set(rebuilt.values) == set(known.values) != set()
            assert set(rebuilt.texts) == set(known.texts) != set()
            assert releases_of(now, "SOL") == releases_of(then, "SOL")
        standing = cycle_standing(office, T2, LATER)
        assert standing.registry_number == "SOL 2026/1"
        assert standing.progress.archived == standing.progress.approved == 1
        assert not [
            step.name for step in standing.due if step.name.startswith(("open", "archive", "distribute"))
        ]
        with office.database.reading() as session:
            [row] = session.query(tables.Package).all()
            assert row.path == package.name
        assert [(one.name, one.faults) for one in check_packages(office, LATER)] == [(package.name, ())]


def test_a_package_is_taken_up_from_its_bag(play_from: PlayFrom, tmp_path: Path, empty_store: Path) -> None:
    package = play_from("archived").home.data / "arkiv" / "SOL-T2-2026-v1"
    make_bag(package, tmp_path / "påse", "2026-11-30")
    with Home.new(tmp_path / "ny", empty_store).office() as office:
        assert restore(office, tmp_path / "påse", LATER).name == package.name
        assert (office.installation.settings.folders.archive / package.name / "METS.xml").is_file()


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ([], "finns inget ärende"),
        ({"format": 99}, "nyare version"),
        ({"format": 1}, "uppgiften cycle saknas"),
        (
            {"format": 1, "cycle": "T2", "version": {"number": 1}, "unit": {"code": "SOL", "name": "S"}},
            "fel form",
        ),
    ],
)
def test_a_whole_package_with_a_case_that_cannot_be_understood_brings_nothing(
    case: object, said: str, tmp_path: Path, empty_store: Path
) -> None:
    public, restricted = HOLDING.parts
    told = replace(restricted, files={**restricted.files, "case.json": json.dumps(case).encode()})
    write_package(tmp_path / HOLDING.name, replace(HOLDING, parts=(public, told)))
    with Home.new(tmp_path / "ny", empty_store).office() as office:
        with pytest.raises(BadInput, match=said):
            restore(office, tmp_path / HOLDING.name, LATER)
        with office.database.reading() as session:
            assert session.query(tables.Cycle).all() == session.query(tables.Package).all() == []


def test_a_package_that_is_not_whole_brings_nothing(
    play_from: PlayFrom, tmp_path: Path, empty_store: Path
) -> None:
    package = play_from("archived").home.data / "arkiv" / "SOL-T2-2026-v1"
    file = package / "representations" / "restricted" / "data" / "submissions" / "HUMLAN.json"
    file.chmod(0o644)
    file.write_text(file.read_text("utf-8").replace("2026", "2027"), "utf-8")
    with Home.new(tmp_path / "ny", empty_store).office() as office:
        with pytest.raises(BadInput, match="inte helt"):
            restore(office, package, LATER)
        with office.database.reading() as session:
            assert session.query(tables.Cycle).count() == 0
