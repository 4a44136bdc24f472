"""How long reports take: the PDF against bare Typst and others, Word against the web page, memory over many.

    .venv/bin/python -m bench.rendering [--many 1000]

Ratios within one run; each number is the best of several. WeasyPrint and LibreOffice are measured where they
are installed. The report is the example unit's VB, with every part filled.
"""

import argparse
import multiprocessing
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pypdfium2

from arshjul.adapters import pdf, typesetting
from arshjul.adapters.city_page import city_page
from arshjul.adapters.docx import render_docx
from arshjul.adapters.html import render_html
from arshjul.adapters.pdf import render_pdf
from arshjul.plan import Kind
from arshjul.report.blocks import Report
from arshjul.report.city_fields import city_fields, city_report
from tests.report.cycles import compiled_cycle, year_report

LIMITS = {
    "PDF / bare typst.compile": 1.3,
    "DOCX without its pictures / HTML": 3.0,
}
_RECYCLED_AFTER = 50


def best(make: Callable[[], object], times: int = 5) -> float:
    """The shortest of some runs, in seconds; one before them to warm up."""
    make()
    found = []
    for _ in range(times):
        start = time.perf_counter()
        make()
        found.append(time.perf_counter() - start)
    return min(found)


def bare(report: Report) -> Callable[[], object]:
    """`typst.compile` alone, of the same input."""
    model = typesetting.replace_unprintable(pdf._model(report))
    return lambda: typesetting.pdf("report.typ", model, pdf.STANDARDS)


def drawings(report: Report) -> Callable[[], object]:
    """The figures as pictures, which Word needs and the web page does not."""
    from arshjul.adapters.docx import _take_in_pictures
    from arshjul.adapters.docx_base import styled_base

    return lambda: _take_in_pictures(dict(styled_base().parts), report)


def everything(report: Report) -> None:
    """What a unit gets: three forms, and the package for the city's system as a page and a document."""
    compiled = compiled_cycle(Kind.VB)
    fields = city_fields(compiled, report)
    for content in (
        render_html(report),
        render_pdf(report),
        render_docx(report),
        city_page(report.front, fields),
        render_docx(city_report(report.front, report.dated, fields)),
    ):
        assert content


def _rendered(number: int) -> int:
    """One report in a worker; the worker's highest memory so far, in kB."""
    report = year_report((Kind.T1, Kind.T2, Kind.VB)[number % 3])
    assert render_html(report)
    assert render_pdf(report)
    assert render_docx(report)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def memory(many: int) -> tuple[int, int]:
    """The highest memory of workers in the first and the last tenth of `many` reports, in MB."""
    spawn = multiprocessing.get_context("spawn")  # Typst must not have run in a process that is forked
    with ProcessPoolExecutor(2, mp_context=spawn, max_tasks_per_child=_RECYCLED_AFTER) as pool:
        peaks = list(pool.map(_rendered, range(many)))
    part = max(many // 10, _RECYCLED_AFTER)
    return max(peaks[:part]) // 1024, max(peaks[-part:]) // 1024


def others(report: Report) -> dict[str, float]:
    """The same report by other tools, where they are installed."""
    found: dict[str, float] = {}
    try:
        from weasyprint import HTML  # type: ignore[import-not-found]

        page = render_html(report).decode()
        found["WeasyPrint"] = best(lambda: HTML(string=page).write_pdf(pdf_variant="pdf/ua-1"), 1)
    except ImportError:
        pass
    if office := shutil.which("soffice"):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "report.docx")
            file.write_bytes(render_docx(report))
            home = f"-env:UserInstallation=file://{folder}/profile"
            command = [office, home, "--headless", "--convert-to", "pdf", "--outdir", folder, str(file)]
            found["LibreOffice of the DOCX"] = best(lambda: subprocess.run(command, capture_output=True), 2)
    return found


def main() -> None:
    """Print the table; exit 1 where a ratio is over its limit."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--many", type=int, default=200, help="how many reports the memory is watched over")
    many = asked.parse_args().many
    report = year_report(Kind.VB)
    pages = len(pypdfium2.PdfDocument(render_pdf(report)))
    whole_pdf, floor = best(lambda: render_pdf(report)), best(bare(report))
    html, docx = best(lambda: render_html(report)), best(lambda: render_docx(report))
    drawn = best(drawings(report))
    ratios = {
        "PDF / bare typst.compile": whole_pdf / floor,
        "DOCX without its pictures / HTML": max(docx - drawn, 0) / html,
    }
    print(f"VB of {pages} pages")
    for name, seconds in (
        ("HTML", html),
        ("PDF", whole_pdf),
        ("bare Typst", floor),
        ("DOCX", docx),
        ("drawings", drawn),
    ):
        print(f"  {name:<28}{1000 * seconds:8.0f} ms")
    print(f"  {'three forms and the package':<28}{1000 * best(lambda: everything(report), 3):8.0f} ms")
    for name, seconds in others(report).items():
        print(f"  {name:<28}{1000 * seconds:8.0f} ms   {seconds / whole_pdf:.1f} times our PDF")
    for name, ratio in ratios.items():
        print(f"  {name:<36}{ratio:5.2f}  (at most {LIMITS[name]})")
    first, last = memory(many)
    print(f"  memory of a worker over {many} reports: {first} MB at first, {last} MB at last")
    if any(ratio > LIMITS[name] for name, ratio in ratios.items()) or last > 1.15 * first:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
