"""Typst with one set of fonts: a fixed template and its data in, PDF or pictures out.

Data reaches a template as JSON text in `sys.inputs`, never as Typst code, so no text of a report can be
code. Called by `pdf` and by `docx`. Typst must not have run in a process that is forked afterwards.
"""

import json
import os
import re
import tempfile
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import cast

import font_source_sans_pro
import typst

from arshjul.report.printable import REPLACEMENT
from arshjul.templating import TEMPLATES

REPORTS = TEMPLATES / "report"
PPI = 200
_ONE_AT_A_TIME = Lock()  # Typst remembers for the whole process, and reports are set in threads

# Threads that share a report's pages cost a fifth more work in all; a city's workers have the other cores.
os.environ.setdefault("RAYON_NUM_THREADS", "1")

# The package holds every weight twice (.otf and .ttf). Typst takes the one the folder happens to name
# first, so it is shown a folder of our own with one of each, or the bytes would differ between machines.
_WEIGHTS = ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt")
_PACKAGE = "font-source-sans-pro"


def _font_folder() -> Path:
    """The folder with one of each weight: made once for a user and a version of the fonts, then kept."""
    refused: OSError | None = None
    for folder in _places():
        try:
            _fill(folder)
        except OSError as error:  # a service may have no home of its own to write in
            refused = error
        else:
            return folder
    assert refused is not None
    raise refused


def _places() -> Iterator[Path]:
    """Where the fonts may lie: among the user's caches, or else among the temporary files."""
    name = f"fonts-{version(_PACKAGE)}"
    caches = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    if Path(caches).is_absolute():
        yield Path(caches) / "arshjul" / name
    yield Path(tempfile.gettempdir()) / f"arshjul-{name}-{os.getuid()}"


def _fill(folder: Path) -> None:
    """Copy the fonts that are not in `folder` yet. OSError where that cannot be done, or it is not ours."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():
        raise PermissionError(f"{folder} tillhör någon annan")  # who could lay other fonts there
    source = Path(font_source_sans_pro.font_directory)
    for weight in _WEIGHTS:
        font = f"SourceSansPro-{weight}.otf"
        if not (folder / font).is_file():
            with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as part:
                part.write((source / font).read_bytes())
            os.replace(part.name, folder / font)  # whole or not at all: another process may do the same


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(_font_folder())]
    )


def pdf(template: str, model: str, standards: Sequence[str]) -> bytes:
    """The PDF that `template` makes of the JSON text `model`; Typst itself holds it to `standards`."""
    with _ONE_AT_A_TIME:
        made: bytes = typst.compile(
            str(REPORTS / template),
            root=str(REPORTS),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"model": model},
            pdf_standards=[cast("typst.PDFStandard", standard) for standard in standards],
        )
    return made


# Typst remembers what it has set, so that the same draft with one answer more is set ten times quicker. It
# lets go of what ten compilations have not used: of five reports, 90 MB each. Some empty compilations after
# each leave it the last two or three; each costs a millisecond of looking through what it remembers.
_EMPTY_AFTER_A_REPORT = 3


def forget_earlier_reports() -> None:
    """Let Typst remember only the reports that were set last, one or two."""
    empty = typst.Compiler(font_paths=_fonts(), ignore_system_fonts=True)
    with _ONE_AT_A_TIME:
        for _ in range(_EMPTY_AFTER_A_REPORT):
            empty.compile(b"", format="svg")


_Drawing = tuple[str, float, float]  # SVG, width in points, pixels to the inch

# The drawings made last. A draft is made anew for every answer that comes in, but the wheel, the history
# and most charts are as they were; drawing them is nine tenths of the work of a Word document.
_drawn: OrderedDict[_Drawing, bytes] = OrderedDict()
_DRAWN_KEPT = 64


def pictures(drawings: Sequence[str], widths: Sequence[float], ppi: float = PPI) -> list[bytes]:
    """The SVG drawings as PNG, one each, as wide as `widths` say (in points)."""
    asked = [(drawing, width, ppi) for drawing, width in zip(drawings, widths, strict=True)]
    with _ONE_AT_A_TIME:
        known = {one: _drawn[one] for one in asked if one in _drawn}
        lacking = list(dict.fromkeys(one for one in asked if one not in known))
        known |= zip(lacking, _draw(lacking, ppi), strict=True)
        for one, picture in known.items():
            _drawn[one] = picture
            _drawn.move_to_end(one)
        while len(_drawn) > _DRAWN_KEPT:
            _drawn.popitem(last=False)
    return [known[one] for one in asked]


def _draw(asked: Sequence[_Drawing], ppi: float) -> list[bytes]:
    if not asked:
        return []
    model = [{"drawing": drawing, "width": width} for drawing, width, _ in asked]
    made = typst.compile(
        str(REPORTS / "pictures.typ"),
        root=str(REPORTS),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="png",
        ppi=ppi,
        sys_inputs={"model": json.dumps(model, ensure_ascii=False)},
    )
    return list(made) if isinstance(made, list) else [made]


_RARE = re.compile("[^\x00-\u017f]")  # every font of ours has the letters of Europe


@lru_cache(maxsize=4096)
def can_print(character: str) -> bool:
    """Whether a font has the character and the archive standard allows it (private use it does not)."""
    try:
        pdf("glyph.typ", character, ("a-2a", "ua-1"))
    except typst.TypstError:
        return False
    return True


def unprintable(text: str) -> str:
    """The characters of `text` that no font can print, each once, in order of code."""
    return "".join(character for character in sorted(set(_RARE.findall(text))) if not can_print(character))


def replace_unprintable(text: str) -> str:
    """`text` with a square where a character cannot be printed."""
    squares = {ord(character): REPLACEMENT for character in unprintable(text)}
    return text.translate(squares) if squares else text
