"""Opening a returned file as the package that a workbook is: kind, size, and what it would grow to.

A small file can unpack to gigabytes and say that it does not, so the parts that are read are unpacked
with a limit on what comes out. Their content is read in `arshjul.adapters.workbooks.cells`. Called by
`arshjul.adapters.workbooks.reading` only.
"""

import io
import zipfile
import zlib

from arshjul.errors import BadInput

MEGABYTE = 1_000_000
MAX_UNPACKED = 30 * MEGABYTE  # the parts that are read; a form of ours is below one
MAX_DECLARED = 200 * MEGABYTE  # everything in the file, by its own word (pictures and the like)
MAX_MEMBERS = 2_000

SEND_THE_FORM = "Fyll i underlaget som kom med brevet och skicka det som Excel-arbetsbok (.xlsx)."
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BOOK = "xl/workbook.xml"
_READ = (_BOOK, "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedStrings.xml")


def open_package(data: bytes, name: str, limit: int) -> dict[str, bytes]:
    """The parts of the workbook that are read, by their names; BadInput when it cannot be trusted."""
    if not data:
        raise BadInput(f"Filen är tom. {SEND_THE_FORM}", name)
    if len(data) > limit:
        raise BadInput(
            f"Filen är {len(data) / MEGABYTE:.0f} MB, och gränsen är {limit / MEGABYTE:.0f} MB. "
            "Ta bort bilder och annat som lagts till och skicka den igen.",
            name,
        )
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise _locked(name)
        raise BadInput("Filen är sparad i ett äldre format. Spara den som Excel-arbetsbok (.xlsx).", name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _unpack(package, name)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise BadInput(
            f"Filen är skadad eller ingen Excel-arbetsbok (.xlsx). {SEND_THE_FORM}", name
        ) from error


def grows_too_much(name: str) -> BadInput:
    """The refusal of a file that is far larger inside than outside."""
    return BadInput(
        f"Filen växer orimligt mycket när den packas upp och läses därför inte. {SEND_THE_FORM}", name
    )


def _unpack(package: zipfile.ZipFile, name: str) -> dict[str, bytes]:
    members = package.infolist()
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_DECLARED:
        raise grows_too_much(name)
    if _BOOK not in {member.filename for member in members}:
        raise BadInput(f"Filen är ingen Excel-arbetsbok (.xlsx). {SEND_THE_FORM}", name)
    parts: dict[str, bytes] = {}
    left = MAX_UNPACKED
    for member in members:
        if member.filename not in _READ and not member.filename.startswith("xl/worksheets/"):
            continue
        if member.flag_bits & 1:
            raise _locked(name)
        with package.open(member) as stream:
            content = stream.read(left + 1)
        left -= len(content)
        if left < 0:
            raise grows_too_much(name)
        parts[member.filename] = content
    return parts


def _locked(name: str) -> BadInput:
    return BadInput("Filen är skyddad med lösenord. Ta bort lösenordet och skicka den igen.", name)
