"""A city's close beside what an office would script, and beside the bare libraries on the same files.

    python -m bench.city_close [--units 12] [--sample 3]

Makes an example city, opens its T2 and lets everybody answer; then measures, phase by phase: read the
returned workbooks and store them, compile and review and render three forms, decide and archive. What it is
held against is in `bench.city_others`; what is not installed is left out. Seconds of the processor,
which other work on the machine lengthens least; ratios hold within one run. One unit more than is asked for
goes first, is not counted, and warms the process up: a city has hundreds.
"""

import argparse
import multiprocessing
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

from sqlalchemy import func, select

from arshjul.adapters.store import tables
from arshjul.compilation import compile_cycle
from arshjul.cycle import CycleKey
from arshjul.cycle_data import SUMMARY, Judged
from arshjul.office import Office, open_office
from arshjul.organisation import Role
from arshjul.plan import Attainment, Kind
from arshjul.report.building import build_report
from arshjul.steps.answers.collecting import collect_file, inbox_files
from arshjul.steps.cycle.morning import bring_up_to_date
from arshjul.steps.cycle.settled import settled
from arshjul.steps.figures.gathering import gather
from arshjul.steps.report import deciding
from arshjul.wheel import local_day
from bench.city_others import DECIDED, MADE, READ, Clock, Sample, by_the_bare_libraries, by_the_office
from cli.example.answers import open_and_answer
from cli.example.words import read_city_words
from cli.example.writing import write_city

YEAR, CITY = 2026, 720
AIM_MINUTES, AIM_FASTER, AIM_FLOOR = 8, 5, 1.5


@dataclass
class City:
    """The example city, its T2 opened and answered."""

    office: Office
    keys: list[CycleKey]

    def manager(self, key: CycleKey) -> str:
        """Who decides."""
        day = local_day(settled(self.office, key).milestones.approve_by)
        return self.office.installation.unit(key.unit_code).holders(Role.MANAGER, day)[0]


def ours(city: City, keys: Sequence[CycleKey], clock: Clock) -> None:
    """The close of some units as the product does it, one after another."""
    office = city.office
    due = settled(office, keys[0]).milestones.due
    codes = {key.unit_code for key in keys}
    with clock.of(READ):
        for path in inbox_files(office):
            if _unit_of(path) in codes:
                collect_file(office, path, due)
    for key in keys:
        before = settled(office, key).milestones.escalation
        bring_up_to_date(office, key, before)
        judged = {goal: Judged(Attainment.PARTIAL, "Vi är på väg.") for goal in _judged_goals(city, key)}
        deciding.judge(office, key, city.manager(key), {**judged, SUMMARY: Judged(None, "Gott.")}, before)
        with clock.of(MADE):
            bring_up_to_date(office, key, settled(office, key).milestones.compile)
        with clock.of(DECIDED):
            _decide(city, key)


def _judged_goals(city: City, key: CycleKey) -> list[str]:
    with city.office.database.reading() as session:
        data, _ = gather(city.office, key, session)
    return [goal.id for goal in data.undecided]


def _decide(city: City, key: CycleKey) -> None:
    office, manager = city.office, city.manager(key)
    milestones = settled(office, key).milestones
    with office.database.reading() as session:
        blocking = session.scalars(
            select(tables.Finding.id)
            .join(tables.Cycle)
            .where(
                tables.Cycle.unit_code == key.unit_code,
                tables.Finding.severity == "error",
                tables.Finding.state == "open",
            )
        ).all()
    for finding in blocking:
        deciding.close_finding(office, key, manager, finding, "Det är rätt så.", milestones.approve_by)
    deciding.approve(office, key, manager, milestones.approve_by)
    bring_up_to_date(office, key, milestones.archive)


def measure(units: int, sample: int) -> None:
    """Make the city, measure, print the table."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "stad"
        words = read_city_words()
        made = write_city(home, words, units + 1, 1, YEAR, "", lambda _share: None)
        keys = [CycleKey(each.unit.code, Kind.T2, YEAR) for each in made.units]
        with open_office(home / "config", _clock) as office:
            open_and_answer(office, keys, words, 1, lambda _share: None)
            city = City(office, keys)
            workbooks = {key: _workbooks(office, key, Path(folder) / "svar") for key in keys[: sample + 1]}
            ours(city, keys[:1], Clock())
            own = Clock()
            ours(city, keys[1:], own)
            peak = getrusage(RUSAGE_SELF).ru_maxrss / 1024
            samples = [_sample(city, key, found) for key, found in workbooks.items()]
        others = {"floor": _apart(by_the_bare_libraries, Path(folder), samples)}
        if shutil.which("soffice"):
            others["peer"] = _apart(by_the_office, Path(folder), samples)
    _tell(units, sample, own, others)
    print(f"peak memory {peak:.0f} MB")


def _sample(city: City, key: CycleKey, workbooks: list[Path]) -> Sample:
    """The unit's approved report as blocks, and what it was made from."""
    with city.office.database.reading() as session:
        data, _ = gather(city.office, key, session)
        counted = select(func.count()).select_from(tables.Answer).join(tables.Submission).join(tables.Cycle)
        answers = session.scalar(counted.where(tables.Cycle.unit_code == key.unit_code)) or 0
    shown = city.office.installation.settings.reports
    report = build_report(compile_cycle(data), shown, (), local_day(data.milestones.compile))
    return Sample(workbooks, answers, report)


def _apart(
    work: Callable[[Path, Sequence[Sample]], Clock], folder: Path, samples: list[Sample]
) -> Clock | str:
    """The work in a new process; why it was left out, where something is not installed."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        try:
            return pool.apply(work, (folder, samples))
        except ImportError as missing:
            return f"left out: {missing.name} is not installed"


def _workbooks(office: Office, key: CycleKey, folder: Path) -> list[Path]:
    """Copies of the unit's returned workbooks, for those who read them again."""
    folder.mkdir(exist_ok=True)
    copies = []
    for path in inbox_files(office):
        if _unit_of(path) == key.unit_code:
            copies.append(folder / path.name)
            shutil.copyfile(path, copies[-1])
    return copies


def _unit_of(workbook: Path) -> str:
    """The unit that a returned workbook is from: "Underlag T2 2026 AO0101 elif.rosen.xlsx"."""
    return workbook.name.split(" ")[3]


def _clock() -> datetime:
    return datetime.now(UTC)


def _tell(units: int, sample: int, own: Clock, others: dict[str, Clock | str]) -> None:
    measured = {name: clock for name, clock in others.items() if isinstance(clock, Clock)}
    print(f"{units} units; the others on {sample} of them. Seconds of the processor a unit (of the clock)")
    print(f"{'':<28}{'ours':>16}" + "".join(f"{name:>16}" for name in measured))
    for phase in (READ, MADE, DECIDED):
        cells = [_cell(own, phase, units), *(_cell(clock, phase, sample) for clock in measured.values())]
        print(f"{phase:<28}" + "".join(f"{cell:>16}" for cell in cells))
    spent = sum(own.worked.values()) / units
    cells = [_cell(own, None, units), *(_cell(clock, None, sample) for clock in measured.values())]
    print(f"{'all':<28}" + "".join(f"{cell:>16}" for cell in cells))
    for name, clock in others.items():
        if isinstance(clock, str):
            print(f"{name}: {clock}")
        elif name == "peer":
            theirs = sum(clock.worked.values()) / sample
            same = sum(own.worked[phase] for phase in (READ, MADE)) / units
            print(
                f"peer: ours is {theirs / spent:.1f} times faster (aim {AIM_FASTER}); {theirs / same:.1f} "
                "without the decision and the archive, which the peer does not do"
            )
        else:
            floor = sum(clock.worked.values()) / sample
            print(f"floor: ours is {spent / floor:.1f} times the floor (aim {AIM_FLOOR})")
    minutes = spent * CITY / 60
    print(f"a city of {CITY} units: {minutes:.1f} minutes of one processor; aim {AIM_MINUTES} on two")


def _cell(clock: Clock, phase: str | None, units: int) -> str:
    worked, passed = (
        sum(seconds for name, seconds in each.items() if phase in (None, name)) / units
        for each in (clock.worked, clock.passed)
    )
    return f"{worked:.3f} ({passed:.3f})"


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(
        description="A city's close against a script and against the bare libraries."
    )
    parser.add_argument("--units", type=int, default=12)
    parser.add_argument("--sample", type=int, default=3)
    options = parser.parse_args()
    measure(options.units, min(options.sample, options.units))


if __name__ == "__main__":
    main()
