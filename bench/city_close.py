"""A city's close beside what an office would script, and beside the bare libraries on the same files.

    python -m bench.city_close [--units 12] [--sample 3]

Makes an example city, opens its T2 and lets everybody answer; then measures, phase by phase: read the
returned workbooks and store them, compile and review and render three forms, decide and archive. The peer
reads with pandas, fills a Word template with docxtpl and lets LibreOffice make the PDF. The floor is the bare
libraries: calamine, executemany, typst, python-docx, sha256. What is not installed is left out with a line.
Seconds of the clock on one process; ratios hold within one run.
"""

import argparse
import hashlib
import io
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

import pandas as pd
from docx import Document
from sqlalchemy import select

from arshjul.adapters.reports import pdf, typesetting
from arshjul.adapters.store import tables
from arshjul.compilation import compile_cycle
from arshjul.cycle import CycleKey
from arshjul.cycle_data import SUMMARY, Judged
from arshjul.office import Office, open_office
from arshjul.organisation import Role
from arshjul.plan import Attainment, Kind
from arshjul.report.blocks import Heading, Paragraph, Report, Table
from arshjul.report.building import build_report
from arshjul.steps.answers.collecting import collect_file, inbox_files
from arshjul.steps.cycle.morning import bring_up_to_date
from arshjul.steps.cycle.settled import settled
from arshjul.steps.figures.gathering import gather
from arshjul.steps.report import deciding
from arshjul.wheel import local_day
from cli.example.answers import open_and_answer
from cli.example.words import read_city_words
from cli.example.writing import write_city

YEAR, CITY = 2026, 720
AIM_MINUTES, AIM_FASTER, AIM_FLOOR = 8, 5, 1.5


@dataclass
class Clock:
    """Seconds by the name of what was done."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Add the time of the block."""
        begun = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begun

    @property
    def whole(self) -> float:
        """All of it."""
        return sum(self.seconds.values())


@dataclass
class City:
    """The example city, its T2 opened and answered."""

    office: Office
    keys: list[CycleKey]

    def manager(self, key: CycleKey) -> str:
        """Who decides."""
        day = local_day(settled(self.office, key).milestones.approve_by)
        return self.office.installation.unit(key.unit_code).holders(Role.MANAGER, day)[0]


def ours(city: City, clock: Clock) -> None:
    """The close as the product does it, unit by unit."""
    office = city.office
    dates = settled(office, city.keys[0]).milestones
    with clock.of("read and store"):
        for path in inbox_files(office):
            collect_file(office, path, dates.due)
    for key in city.keys:
        before = settled(office, key).milestones.escalation
        bring_up_to_date(office, key, before)
        judged = {goal: Judged(Attainment.PARTIAL, "Vi är på väg.") for goal in _judged_goals(city, key)}
        deciding.judge(office, key, city.manager(key), {**judged, SUMMARY: Judged(None, "Gott.")}, before)
        with clock.of("compile, review, render"):
            bring_up_to_date(office, key, settled(office, key).milestones.compile)
        with clock.of("decide and archive"):
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


def peer(folder: Path, workbooks: list[Path], clock: Clock) -> None:
    """The office's script: pandas reads, docxtpl writes, LibreOffice prints."""
    from docxtpl import DocxTemplate

    template = folder / "mall.docx"
    document = Document()
    document.add_heading("Tertialrapport 2", 0)
    for line in ("{%p for row in rows %}", "{{ row.label }}", "{{ row.value }}", "{%p endfor %}"):
        document.add_paragraph(line)
    document.save(str(template))
    with clock.of("read and store"):
        rows = [
            {"label": str(label), "value": str(value)}
            for path in workbooks
            for sheet in pd.read_excel(path, sheet_name=None, header=None, engine="openpyxl").values()
            for label, value in zip(sheet.iloc[:, 0], sheet.iloc[:, -1], strict=True)
            if pd.notna(label)
        ]
    with clock.of("compile, review, render"):
        made = DocxTemplate(template)
        made.render({"rows": rows}, autoescape=True)
        report = folder / "rapport.docx"
        made.save(report)
        subprocess.run(
            ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(report)],
            check=True,
            capture_output=True,
        )


def floor(city: City, key: CycleKey, workbooks: list[Path], answers: int, clock: Clock) -> None:
    """The bare libraries on the same files."""
    from python_calamine import load_workbook

    with clock.of("read and store"):
        for path in workbooks:
            book = load_workbook(str(path))
            for name in book.sheet_names:
                book.get_sheet_by_name(name).to_python()
        with sqlite3.connect(":memory:") as store:
            store.execute("create table answer (scope text, field text, value text)")
            store.executemany("insert into answer values (?, ?, ?)", [("A", "I1.total", "12")] * answers)
    with city.office.database.reading() as session:
        data, _ = gather(city.office, key, session)
    shown = city.office.installation.settings.reports
    report = build_report(compile_cycle(data), shown, (), local_day(data.milestones.compile))
    model = typesetting.replace_unprintable(pdf._model(report))
    with clock.of("compile, review, render"):
        printed = typesetting.pdf("report.typ", model, pdf.STANDARDS)
        written = _bare_docx(report)
    with clock.of("decide and archive"):
        for content in (printed, written, *(path.read_bytes() for path in workbooks)):
            hashlib.sha256(content).hexdigest()


def _bare_docx(report: Report) -> bytes:
    document = Document()
    for block in report.blocks:
        match block:
            case Heading():
                document.add_heading(block.text, min(block.level, 9))
            case Paragraph():
                document.add_paragraph(block.text)
            case Table():
                table = document.add_table(0, len(block.columns))
                for row in block.rows:
                    cells = table.add_row().cells
                    for cell, content in zip(cells, row, strict=True):
                        cell.text = content.text
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def measure(units: int, sample: int) -> None:
    """Make the city, measure, print the table."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "stad"
        words = read_city_words()
        made = write_city(home, words, units, 1, YEAR, "", lambda _share: None)
        keys = [CycleKey(each.unit.code, Kind.T2, YEAR) for each in made.units]
        with open_office(home / "config", _clock) as office:
            open_and_answer(office, keys, words, 1, lambda _share: None)
            city = City(office, keys)
            workbooks = {key: _workbooks(office, key, Path(folder) / "svar") for key in keys[:sample]}
            own = Clock()
            ours(city, own)
            with office.database.reading() as session:
                answers = session.query(tables.Answer).count() // units
            others = {"floor": _measured(lambda clock: _floor_of(city, workbooks, answers, clock))}
            if shutil.which("soffice"):
                others["peer"] = _measured(lambda clock: _peer_of(Path(folder), workbooks, clock))
    _tell(units, sample, sum(len(found) for found in workbooks.values()), own, others)


def _measured(work: Callable[[Clock], None]) -> Clock | str:
    clock = Clock()
    try:
        work(clock)
    except ImportError as missing:
        return f"left out: {missing.name} is not installed"
    return clock


def _floor_of(city: City, workbooks: dict[CycleKey, list[Path]], answers: int, clock: Clock) -> None:
    for key, found in workbooks.items():
        floor(city, key, found, answers, clock)


def _peer_of(folder: Path, workbooks: dict[CycleKey, list[Path]], clock: Clock) -> None:
    for found in workbooks.values():
        peer(folder, found, clock)


def _workbooks(office: Office, key: CycleKey, folder: Path) -> list[Path]:
    """Copies of the unit's returned workbooks, for those who read them again."""
    folder.mkdir(exist_ok=True)
    copies = []
    for path in inbox_files(office):
        if f" {key.unit_code} " in path.name:
            copies.append(folder / path.name)
            shutil.copyfile(path, copies[-1])
    return copies


def _clock() -> datetime:
    return datetime.now(UTC)


def _tell(units: int, sample: int, read: int, own: Clock, others: dict[str, Clock | str]) -> None:
    print(f"{units} units, {own.whole / units:.3f} s a unit; the others on {sample} units ({read} workbooks)")
    print(f"{'seconds a unit':<28}{'ours':>8}" + "".join(f"{name:>8}" for name in others))
    for phase in own.seconds:
        row = [own.seconds[phase] / units]
        row += [c.seconds.get(phase, 0.0) / sample for c in others.values() if isinstance(c, Clock)]
        print(f"{phase:<28}" + "".join(f"{seconds:8.3f}" for seconds in row))
    for name, clock in others.items():
        if isinstance(clock, str):
            print(f"{name}: {clock}")
            continue
        times = (clock.whole / sample) / (own.whole / units)
        said = (
            f"{times:.1f} times faster; aim {AIM_FASTER}"
            if name == "peer"
            else (f"{1 / times:.1f} times the floor; aim {AIM_FLOOR}")
        )
        print(f"{name}: {clock.whole / sample:.3f} s a unit, ours is {said}")
    minutes = own.whole / units * CITY / 60
    print(f"a city of {CITY} units: {minutes:.1f} minutes on one process; aim {AIM_MINUTES} on two cores")
    print(f"peak memory {getrusage(RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


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
