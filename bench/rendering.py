"""How long reports take: the PDF against bare Typst and others, Word against the web page, memory over many.

    .venv/bin/python -m bench.rendering [--many 1000]

Ratios within one run; each number is the best of several, in seconds of processor time, which other work on
the machine does not lengthen (but for LibreOffice, measured by the clock beside our own PDF).
LibreOffice is measured where it is installed; WeasyPrint is no dependency, so give the Python of an
environment that has it with --weasyprint. The report is the example unit's VB, with every part filled.
"""

import argparse
import multiprocessing
import re
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pypdfium2

from arshjul.adapters.archive import write_package
from arshjul.adapters.reports import pdf, typesetting
from arshjul.adapters.reports.city_page import city_page
from arshjul.adapters.reports.docx import render_docx
from arshjul.adapters.reports.html import render_html
from arshjul.adapters.reports.pdf import render_pdf
from arshjul.plan import Kind
from arshjul.report.blocks import Figure, Report
from arshjul.report.city_fields import city_fields, city_report
from bench.archiving import holding
from tests.report.another import another
from tests.report.cycles import compiled_cycle, year_report
from tests.report.sample import sample_report

LIMITS = {
    "PDF / bare typst.compile": 1.3,
    "DOCX, drawings known / HTML": 3.0,
}
ALL_OF_A_UNIT = 1.0  # seconds, on the machine of the goal
_RECYCLED_AFTER = 50


def best(make: Callable[[], object], times: int = 7, clock: Callable[[], float] = time.process_time) -> float:
    """The shortest of some runs, in seconds of `clock`; one before them to warm up."""
    make()
    found = []
    for _ in range(times):
        start = clock()
        make()
        found.append(clock() - start)
    return min(found)


def bare(report: Report) -> Callable[[], object]:
    """`typst.compile` alone, of the same input."""
    model = typesetting.replace_unprintable(pdf._model(report))
    return lambda: typesetting.pdf("report.typ", model, pdf.STANDARDS)


def best_of_new(make: Callable[[Report], object], reports: Iterator[Report], times: int = 5) -> float:
    """As `best`, each time of a report that has not been seen."""
    return best(lambda: make(next(reports)), times)


def everything(report: Report, folder: Path) -> None:
    """What a unit gets: three forms, the page and the document for the city's system, the archive package."""
    fields = city_fields(compiled_cycle(Kind.VB), report)
    files = {
        "report/VB.html": render_html(report),
        "report/VB.pdf": render_pdf(report),
        "report/VB.docx": render_docx(report),
        "city/VB.html": city_page(report.front, fields),
        "city/VB.docx": render_docx(city_report(report.front, report.dated, fields)),
    }
    with tempfile.TemporaryDirectory(dir=folder) as place:
        package = holding(files)
        write_package(Path(place, package.name), package)


def _rendered(number: int) -> int:
    """One report in a worker; the worker's highest memory so far, in kB."""
    return _made(another(year_report((Kind.T1, Kind.T2, Kind.VB)[number % 3]), number))


def _rendered_mostly_small(number: int) -> int:
    """As `_rendered`, but only every fifth is a whole report: a thousand in minutes."""
    return _rendered(number) if number % 5 == 0 else _made(another(sample_report(), number))


def _made(report: Report) -> int:
    assert render_html(report)
    assert render_pdf(report)
    assert render_docx(report)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def memory(many: int, *, small: bool = False) -> tuple[int, int]:
    """The highest memory of workers in the first and the last tenth of `many` reports, in MB."""
    spawn = multiprocessing.get_context("spawn")  # Typst must not have run in a process that is forked
    # Not ProcessPoolExecutor: in Python 3.11 it stops for good when a worker is renewed.
    with spawn.Pool(2, maxtasksperchild=_RECYCLED_AFTER) as pool:
        peaks = pool.map(_rendered_mostly_small if small else _rendered, range(many), chunksize=1)
    part = max(many // 10, _RECYCLED_AFTER)
    return max(peaks[:part]) // 1024, max(peaks[-part:]) // 1024


def others(report: Report, weasyprint: str | None) -> dict[str, float]:
    """The same report by other tools, where they are to be had; seconds on the clock, by the quickest run."""
    found = {"our PDF, by the clock": best(lambda: render_pdf(report), clock=time.perf_counter)}
    with tempfile.TemporaryDirectory() as folder:
        page, file = Path(folder, "report.html"), Path(folder, "report.docx")
        # WeasyPrint 70 stops at our style sheet, so it is given the page without one.
        page.write_bytes(re.sub(rb"<style>.*?</style>", b"", render_html(report), flags=re.DOTALL))
        file.write_bytes(render_docx(report))
        if weasyprint:
            done = subprocess.run(
                [weasyprint, "-c", _WEASYPRINT, str(page)], check=True, capture_output=True, text=True
            )
            found["WeasyPrint, processor time"] = float(done.stdout)
        else:
            print("  WeasyPrint is not measured: give the Python that has it with --weasyprint")
        if office := shutil.which("soffice"):
            home = f"-env:UserInstallation=file://{folder}/profile"
            command = [office, home, "--headless", "--convert-to", "pdf", "--outdir", folder, str(file)]
            found["LibreOffice, by the clock"] = best(
                lambda: subprocess.run(command, check=True, capture_output=True), 2, time.perf_counter
            )
        else:
            print("  LibreOffice is not installed and not measured")
    return found


# Warm, and without the start of Python: the same as is measured of ours.
_WEASYPRINT = """
import sys, time
from weasyprint import HTML
def make(): HTML(filename=sys.argv[1]).write_pdf(pdf_variant="pdf/ua-1")
make()
start = time.process_time(); make(); print(time.process_time() - start)
"""


def main() -> None:
    """Print the table; exit 1 where a ratio is over its limit or memory climbs."""
    asking = argparse.ArgumentParser()
    asking.add_argument("--many", type=int, default=200, help="how many reports the memory is watched over")
    asking.add_argument("--small", action="store_true", help="only every fifth of the many is a whole report")
    asking.add_argument("--slower", type=float, default=1.0, help="times slower than the machine of the goal")
    asking.add_argument("--weasyprint", metavar="PYTHON", help="a Python that has WeasyPrint")
    asked = asking.parse_args()
    report = year_report(Kind.VB)
    pages = len(pypdfium2.PdfDocument(render_pdf(report)))
    whole_pdf, floor = best(lambda: render_pdf(report)), best(bare(report))
    html, docx = best(lambda: render_html(report)), best(lambda: render_docx(report))
    new = (another(report, number) for number in count(1))
    first_pdf, first_docx = best_of_new(render_pdf, new), best_of_new(render_docx, new)
    with tempfile.TemporaryDirectory() as folder:
        again = best(lambda: everything(report, Path(folder)), 3)
        first = best_of_new(lambda one: everything(one, Path(folder)), new, 3)
    print(f"VB of {pages} pages, {sum(isinstance(block, Figure) for block in report.blocks)} drawings")
    for name, seconds in (
        ("HTML", html),
        ("PDF, texts known", whole_pdf),
        ("bare Typst, texts known", floor),
        ("PDF, texts new", first_pdf),
        ("DOCX, drawings known", docx),
        ("DOCX, drawings new", first_docx),
        ("all forms and packages, all new", first),
        ("all forms and packages, again", again),
    ):
        print(f"  {name:<36}{1000 * seconds:8.0f} ms")
    ratios = {
        "PDF / bare typst.compile": whole_pdf / floor,
        "DOCX, drawings known / HTML": docx / html,
    }
    for name, ratio in ratios.items():
        print(f"  {name:<36}{ratio:8.2f}     (at most {LIMITS[name]})")
    print(f"  {'DOCX, drawings new / HTML':<36}{first_docx / html:8.2f}")
    in_goal = first / asked.slower
    print(f"  {'all, on the machine of the goal':<36}{in_goal:8.2f} s   (at most {ALL_OF_A_UNIT})")
    for name, seconds in others(report, asked.weasyprint).items():
        print(f"  {name:<36}{1000 * seconds:8.0f} ms")
    at_first, at_last = memory(asked.many, small=asked.small)
    print(f"  memory of a worker over {asked.many} reports: {at_first} MB at first, {at_last} MB at last")
    over = any(ratio > LIMITS[name] for name, ratio in ratios.items()) or in_goal > ALL_OF_A_UNIT
    if over or at_last > 1.15 * at_first:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
