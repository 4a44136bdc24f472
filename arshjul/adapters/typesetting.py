"""Typst with one set of fonts: a fixed template and its data in, PDF or pictures out.

Data reaches a template as JSON text in `sys.inputs`, never as Typst code, so no text of a report can be
code. Called by `pdf` and by `docx`. Typst must not have run in a process that is forked afterwards.
"""

import json
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import cast

import font_source_sans_pro
import typst

from arshjul.report.printable import REPLACEMENT

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "report"
PPI = 200
ONE_AT_A_TIME = Lock()  # whoever typesets in threads holds this: the compiler is one for the process

# The package holds every weight twice (.otf and .ttf). Typst takes the one the folder happens to name
# first, so it is shown a folder of our own with one of each, or the bytes would differ between machines.
_WEIGHTS = ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt")


@lru_cache(maxsize=1)
def _font_folder() -> tempfile.TemporaryDirectory[str]:
    folder = tempfile.TemporaryDirectory(prefix="arshjul-fonts-")
    source = Path(font_source_sans_pro.font_directory)
    for weight in _WEIGHTS:
        name = f"SourceSansPro-{weight}.otf"
        (Path(folder.name) / name).symlink_to(source / name)
    return folder


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[_font_folder().name]
    )


def pdf(template: str, model: str, standards: Sequence[str]) -> bytes:
    """The PDF that `template` makes of the JSON text `model`; Typst itself holds it to `standards`."""
    made: bytes = typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"model": model},
        pdf_standards=[cast("typst.PDFStandard", standard) for standard in standards],
    )
    return made


def pictures(drawings: Sequence[str], widths: Sequence[float], ppi: float = PPI) -> list[bytes]:
    """The SVG drawings as PNG, one each, as wide as `widths` say (in points)."""
    if not drawings:
        return []
    model = [{"drawing": drawing, "width": width} for drawing, width in zip(drawings, widths, strict=True)]
    made = typst.compile(
        str(TEMPLATES / "pictures.typ"),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="png",
        ppi=ppi,
        sys_inputs={"model": json.dumps(model, ensure_ascii=False)},
    )
    return list(made) if isinstance(made, list) else [made]


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
    return "".join(
        character for character in sorted(set(text)) if character > "\u017f" and not can_print(character)
    )


def replace_unprintable(text: str) -> str:
    """`text` with a square where a character cannot be printed."""
    squares = {ord(character): REPLACEMENT for character in unprintable(text)}
    return text.translate(squares) if squares else text
