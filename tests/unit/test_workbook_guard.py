"""Files that come back and are no good: one sentence each, quickly, and without filling the memory."""

import io
import struct
import time
import tracemalloc
import zipfile
import zlib

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arshjul.adapters.workbooks.reading import read_workbook
from arshjul.adapters.workbooks.writing import write_workbook
from arshjul.errors import BadInput
from tests.unit.form_sample import annas_form
from tests.unit.workbook_parts import about, changed, packed, parts_of

BLANK = write_workbook(annas_form())
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
PARTS = parts_of(BLANK)
SHEET = "xl/worksheets/sheet2.xml"


def refused(data: bytes, limit: int = 10_000_000) -> str:
    """The sentence that a file is refused with, after a few seconds' work however busy the machine is."""
    began = time.process_time()
    with pytest.raises(BadInput) as caught:
        read_workbook(data, "svar.xlsx", limit)
    assert time.process_time() - began < 5
    assert str(caught.value).startswith("svar.xlsx: ")
    assert "\n" not in str(caught.value)
    return caught.value.sentence


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "Filen är tom"),
        (b"Hej, svaren kommer i morgon.", "ingen Excel-arbetsbok"),
        (BLANK[: len(BLANK) // 2], "ingen Excel-arbetsbok"),
        (packed({"brev.txt": b"Hej"}), "ingen Excel-arbetsbok"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "skyddad med lösenord"),
        (OLE, "äldre format"),
        (about(BLANK, "schema", "0"), "annan version av Årshjul"),
        (about(BLANK, "kind", "T9"), "inget underlag från Årshjul"),
        (about(BLANK, "year", "i år"), "inget underlag från Årshjul"),
    ],
    ids=["tom", "text", "halv", "zip", "krypterad", "xls", "schema", "rapport", "år"],
)
def test_a_file_that_is_no_form_of_ours_is_refused_with_what_to_do(data: bytes, says: str):
    assert says in refused(data)


def test_a_workbook_of_somebody_elses_is_refused():
    target = io.BytesIO()
    openpyxl.Workbook().save(target)
    assert "inget underlag från Årshjul" in refused(target.getvalue())


def test_a_file_that_is_too_large_is_refused_by_its_size():
    assert refused(BLANK, limit=1000).startswith("Filen är")
    assert "50 MB, och gränsen är 10 MB" in refused(bytes(50_000_000))


def test_a_damaged_part_is_refused():
    assert "skadad" in refused(changed(BLANK, SHEET, lambda xml: xml[: len(xml) // 2]))
    assert "inget underlag" in refused(changed(BLANK, "xl/workbook.xml", lambda _: b"<nothing/>"))


@settings(max_examples=60, deadline=None)
@given(
    part=st.sampled_from([part for part in PARTS if part.startswith("xl/")]),
    at=st.floats(0, 1, exclude_max=True),
    length=st.integers(0, 20),
    instead=st.sampled_from(
        [b"", b"-1", b'"', b"<", b"NaN", b"999999999999", b'encoding="', b"\xff", b"&x;"]
    ),
)
def test_damage_anywhere_is_refused_or_harmless(part: str, at: float, length: int, instead: bytes):
    content = PARTS[part]
    start = int(at * len(content))
    broken = packed(PARTS | {part: content[:start] + instead + content[start + length :]})
    try:
        read_workbook(broken, "svar.xlsx")
    except BadInput as refusal:
        assert refusal.where == "svar.xlsx"  # noqa: PT017 - being read is as good as being refused


@pytest.mark.parametrize("at", range(0, len(BLANK), 1499))
def test_a_damaged_byte_in_the_package_is_refused_or_harmless(at: int):
    broken = BLANK[:at] + bytes([BLANK[at] ^ 0xFF]) + BLANK[at + 1 :]
    try:
        read_workbook(broken, "svar.xlsx")
    except BadInput as refusal:
        assert refusal.where == "svar.xlsx"  # noqa: PT017


def test_a_zip_bomb_is_refused_before_it_fills_the_memory():
    bomb = changed(
        BLANK, SHEET, lambda xml: xml.replace(b"</sheetData>", b" " * 190_000_000 + b"</sheetData>")
    )
    tracemalloc.start()
    try:
        assert "växer orimligt" in refused(bomb)
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()


def test_a_zip_bomb_that_lies_about_its_size_is_refused():
    parts = parts_of(BLANK)
    del parts[SHEET]
    data = bytearray(packed(parts))
    plain = b"<a>" + b" " * 60_000_000
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = deflate.compress(plain) + deflate.flush()
    name = SHEET.encode()
    said = (zlib.crc32(plain[:100]), len(body), 100)  # a hundred bytes, it says
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as package:
        central, count = package.start_dir, len(package.infolist())
    head = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 33, *said, len(name), 0) + name
    entry = struct.pack(
        *("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 33, *said, len(name), 0, 0, 0, 0, 0, central)
    )
    entries = bytes(data[central:-22]) + entry + name
    end = struct.pack(
        *(
            "<4s4H2LH",
            b"PK\x05\x06",
            0,
            0,
            count + 1,
            count + 1,
            len(entries),
            central + len(head) + len(body),
            0,
        )
    )
    assert "skadad" in refused(bytes(data[:central]) + head + body + entries + end)


def test_one_long_text_pointed_at_from_everywhere_is_one_text():
    cells = "".join(f'<row r="{row}"><c r="H{row}" t="s"><v>0</v></c></row>' for row in range(500, 5000))
    parts = parts_of(BLANK)
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", f"{cells}</sheetData>".encode())
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(
        b"<si>", b"<si><t>%b</t></si><si>" % (b"x" * 5_000_000), 1
    )
    refused(packed(parts))


def test_more_text_than_anybody_writes_is_refused():
    parts = parts_of(BLANK)
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(
        b"</sst>", b"<si><t>%b</t></si></sst>" % (b"x" * 12_000_000)
    )
    assert "växer orimligt" in refused(packed(parts))


def test_a_sheet_of_nothing_but_elements_is_refused():
    assert "växer orimligt" in refused(
        changed(BLANK, SHEET, lambda xml: xml.replace(b"</sheetData>", b"<row/>" * 500_000 + b"</sheetData>"))
    )


def test_entities_are_refused():
    doctype = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">]>'
    assert "växer orimligt" in refused(
        changed(BLANK, SHEET, lambda xml: xml.replace(b"<worksheet", doctype + b"<worksheet", 1))
    )


def test_what_stands_at_the_far_end_of_a_sheet_costs_nothing_and_is_kept():
    far = b'<row r="1048576"><c r="D1048576" t="str"><v>Hit</v></c><c r="XFD1048576"/></row></sheetData>'
    returned = read_workbook(
        changed(BLANK, SHEET, lambda xml: xml.replace(b"</sheetData>", far)), "svar.xlsx"
    )
    assert [(cell.value, cell.place) for cell in returned.stray] == [
        ("Hit", f"bladet {annas_form().sheets[0].title}, cell D1048576")
    ]


@pytest.mark.parametrize(
    "wrong", [b't="s"><v>999999</v>', b't="s"><v>-1</v>', b"><v></v>", b't="n"><v>1e999</v>']
)
def test_cells_that_say_what_cannot_be_are_no_trouble(wrong: bytes):
    cell = b"</sheetData>", b'<row r="0"><c r="A0" ' + wrong + b"</c></row></sheetData>"
    data = changed(BLANK, SHEET, lambda xml: xml.replace(*cell))
    assert "LARKAN" in read_workbook(data, "svar.xlsx").scopes


def test_pictures_that_were_pasted_in_are_not_read():
    data = packed(parts_of(BLANK) | {"xl/media/image1.png": bytes(50_000_000)})
    assert "LARKAN" in read_workbook(data, "svar.xlsx").scopes
