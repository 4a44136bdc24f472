"""An example city: the same by its seed, believable, and fit to run a cycle through."""

import filecmp
from pathlib import Path

from arshjul.adapters.store import tables
from arshjul.config import load_installation
from arshjul.config.kept import FOLDER
from arshjul.office import open_office
from arshjul.organisation import Role
from arshjul.steps.answers.collecting import Collected, collect_file, inbox_files
from tests.cli.conftest import Arshjul
from tests.example import Clock, at


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_the_same_seed_gives_the_same_city_and_another_another(arshjul: Arshjul, tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        assert arshjul("load-example", tmp_path / name, "--units", 14, "--seed", seed).status == 0
    names = files(tmp_path / "a")
    same, other, _ = filecmp.cmpfiles(tmp_path / "a", tmp_path / "b", names, shallow=False)
    assert (sorted(same), other) == (names, [])
    _, changed, _ = filecmp.cmpfiles(tmp_path / "a", tmp_path / "c", names, shallow=False)
    assert "config/organisation.yaml" in changed


def test_every_unit_has_its_people_plan_and_earlier_values(arshjul: Arshjul, tmp_path: Path) -> None:
    said = arshjul("load-example", tmp_path / "stad", "--units", 80, "--json").json
    assert (said["administrations"], said["departments"], said["units"]) == (2, 7, 80)
    assert 7 < said["subunits"] / said["units"] < 9
    here = load_installation(tmp_path / "stad")
    units = [unit for unit in here.organisation.units if not unit.compiles]
    assert len({unit.short_name for unit in units}) == 80
    for unit in units:
        answered = {code for a in unit.assignments for code in a.subunits}
        assert answered == {subunit.code for subunit in unit.subunits}
        assert unit.holders(Role.MANAGER, at("2026-03-01 08:00").date())
        department, administration = here.organisation.above(unit.code)
        assert (department.department, administration.name) == (unit.department, unit.administration)
    chosen = units[-1].code
    assert here.measures(chosen).keys() == {i.id for _, i in here.plans[chosen, 2026].indicators()}
    assert here.history[chosen].values


def test_a_large_organisation_is_kept_as_it_was_read_and_read_anew_when_it_changes(
    arshjul: Arshjul, tmp_path: Path
) -> None:
    arshjul("load-example", tmp_path / "stad", "--units", 130)
    file = tmp_path / "stad" / "config" / "organisation.yaml"
    [kept] = (tmp_path / "stad" / "data" / FOLDER).iterdir()
    first = load_installation(tmp_path / "stad").organisation
    kept.write_text("[]", "utf-8")  # half written, or by another version
    assert load_installation(tmp_path / "stad").organisation == first
    file.write_text(file.read_text("utf-8").replace("Systemförvaltningen", "Driften"), "utf-8")
    assert load_installation(tmp_path / "stad").organisation.person("drift").name == "Driften"
    assert len(list((tmp_path / "stad" / "data" / FOLDER).iterdir())) == 1


def test_the_answers_are_those_of_the_forms_and_most_of_them_right(arshjul: Arshjul, tmp_path: Path) -> None:
    said = arshjul("load-example", tmp_path / "stad", "--units", 3, "--seed", 6, "--answers", "--json").json
    answers = said["answers"]
    assert answers["forms"] == sum(answers[name] for name in ("in_time", "late", "never", "faulty"))
    assert min(answers["late"], answers["never"], answers["faulty"]) > 0
    collected = Collected()
    with open_office(tmp_path / "stad" / "config", Clock()) as office:
        for path in inbox_files(office):
            collected.add(collect_file(office, path, at("2026-09-08 10:00")))
        with office.database.reading() as session:
            waiting = session.query(tables.Letter).count()
    assert (collected.quarantined, collected.stuck) == ([], [])
    assert len(collected.rejected) == answers["faulty"]
    assert waiting == 0  # nothing has been sent


def test_a_folder_with_something_in_it_is_left_alone(arshjul: Arshjul, tmp_path: Path) -> None:
    (tmp_path / "viktigt.txt").write_text("hej", "utf-8")
    assert "mappen är inte tom" in arshjul("load-example", tmp_path).sentence
