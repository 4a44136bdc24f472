"""The documents speak of what exists: commands, targets, links, finding codes, settings, the picture.

Every test says how to mend what it finds.
"""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from xml.etree import ElementTree

import click
import pytest

from arshjul.config import load_installation
from arshjul.config.settings import SettingsRecord
from arshjul.report.wheel_figure import WheelEntry, draw_wheel
from arshjul.review.codes import CODES
from arshjul.wheel import year_entries
from cli.main import COMMANDS, arshjul

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
HANDBOOK = ROOT / "docs" / "handbok.md"
OPERATIONS = ROOT / "docs" / "drift.md"
PICTURE = ROOT / "docs" / "pictures" / "arshjul-2026.svg"
ADRS = sorted((ROOT / "docs" / "adr").glob("*.md"))
DOCUMENTS = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / room / "README.md" for room in ("arshjul", "flows", "tasks")),
    ]
)

_CODE = re.compile(r"^```.*?^```|^ {4,}\S.*?$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"(?:^|[\s`/])arshjul ((?:[a-z]+(?:-[a-z]+)* ?)+)((?:[^`\n]*))")
_OPTION = re.compile(r"(?<!\S)--[a-z-]+")
_TARGET = re.compile(r"(?:^|[\s`])make ([a-z./]+)")
_LINK = re.compile(r'\]\(([^)\s]+)\)|(?:href|src)="([^"]+)"')


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def code(path: Path) -> str:
    """Everything in the document that is written as something to type or a name."""
    return "\n".join(match[0] for match in _CODE.finditer(path.read_text("utf-8")))


def commands_in(path: Path) -> Iterator[tuple[str, click.Command, str]]:
    """Every call of `arshjul` that the document shows: as written, the command, and what follows it."""
    for match in _COMMAND.finditer(code(path)):
        found: click.Command = arshjul
        words = match[1].split()
        for word in words:
            if not isinstance(found, click.Group):
                break
            inner = found.get_command(click.Context(found), word)
            assert inner is not None, (
                f"{name(path)} shows ”arshjul {' '.join(words)}”, but there is no command {word}: "
                "change the document, or add the command to cli.main.COMMANDS"
            )
            found = inner
        yield match[0].strip(" `\n/"), found, match[2]


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_a_command_that_a_document_shows_exists_with_its_options(path: Path) -> None:
    for written, command, rest in commands_in(path):
        known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
        for option in _OPTION.findall(rest.split("#")[0]):
            assert option in known, (
                f"{name(path)} shows ”{written}”, but {command.name} has no {option}: "
                f"it has {', '.join(sorted(o for o in known if o.startswith('--')))}"
            )


def test_every_command_is_told_of() -> None:
    told = code(README) + code(HANDBOOK)
    for command in COMMANDS:
        assert f"arshjul {command}" in told, (
            f"arshjul {command} stands neither in README.md nor in docs/handbok.md: "
            "add it to the table of commands in README.md"
        )


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_a_make_target_that_a_document_shows_exists(path: Path) -> None:
    targets = set(re.findall(r"^([a-z./]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for target in _TARGET.findall(code(path)):
        assert target in targets, f"{name(path)} shows ”make {target}”, but the Makefile has no such target"


def test_the_first_screen_gives_the_picture_and_the_two_commands() -> None:
    screen = "\n".join(README.read_text("utf-8").splitlines()[:30])
    for wanted in ("make demo", "make test", name(PICTURE)):
        assert wanted in screen, f"README.md no longer shows {wanted} among its first thirty lines"


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_a_link_leads_somewhere(path: Path) -> None:
    for pair in _LINK.findall(path.read_text("utf-8")):
        link = pair[0] or pair[1]
        if "://" in link:
            continue
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), f"{name(path)} links to {link}, and there is no such file"
        if anchor:
            assert anchor in anchors(target), (
                f"{name(path)} links to {link}, and no heading there is called so"
            )


def test_decisions_are_numbered_without_gaps_and_told_of_in_the_readme() -> None:
    readme = README.read_text("utf-8")
    for number, path in enumerate(ADRS, start=1):
        assert path.name.startswith(f"{number:04d}-"), (
            f"{name(path)} should have number {number:04d}: decisions are numbered from 0001 without gaps"
        )
        assert path.read_text("utf-8").startswith(f"# {number:04d} "), (
            f"{name(path)}: the title lacks the number"
        )
        assert name(path) in readme, f"README.md does not link to {name(path)}"


@pytest.mark.parametrize("path", ADRS, ids=name)
def test_a_decision_says_why_what_and_what_was_rejected(path: Path) -> None:
    headings = re.findall(r"^## (.+)$", path.read_text("utf-8"), re.MULTILINE)
    assert headings == ["Context", "Decision", "Consequences", "Rejected"], name(path)


def test_the_handbook_explains_what_the_review_finds_and_nothing_else() -> None:
    codes = CODES
    explained = set(re.findall(r"^\| `([a-z-]+)` \|", HANDBOOK.read_text("utf-8"), re.MULTILINE))
    assert explained == codes, (
        f"the table ”Vad granskningen letar efter” in docs/handbok.md lacks {sorted(codes - explained)} "
        f"and has {sorted(explained - codes)} too many"
    )


def test_every_code_that_is_found_is_among_the_known_ones() -> None:
    source = "\n".join(file.read_text("utf-8") for file in (ROOT / "arshjul" / "review").rglob("*.py"))
    made = r'(?:Finding|in_text|at_place|at_mark)\(\s*(?:"[^"]+" if [^"]+? else )?"([a-z]+(?:-[a-z]+)+)"'
    found = set(re.findall(made, source))
    assert len(found) > 30, "the test no longer sees how findings are made: it looks for Finding(“code”, …)"
    assert found <= CODES, f"arshjul/review/codes.py lacks {sorted(found - CODES)}"
    for code in CODES:
        assert f'"{code}"' in source.replace((ROOT / "arshjul/review/codes.py").read_text("utf-8"), ""), (
            f"no check gives {code} any more: take it out of arshjul/review/codes.py"
        )


def test_operations_explain_every_setting_and_nothing_else() -> None:
    explained = set(re.findall(r"`([a-z]+(?:\.[a-z_]+)?)`", _settings_table()))
    known = {
        f"{group.name}.{key.name}" if hasattr(group.type, "__dataclass_fields__") else group.name
        for group in fields(SettingsRecord)
        for key in (fields(group.type) if hasattr(group.type, "__dataclass_fields__") else (group,))
    } - {"timezone"}  # it can have one value only
    assert explained == known, (
        f"the table of settings.yaml in docs/drift.md lacks {sorted(known - explained)} "
        f"and has {sorted(explained - known)} too many"
    )


def _settings_table() -> str:
    """The first column of the table of settings."""
    text = OPERATIONS.read_text("utf-8").partition("### `settings.yaml`")[2].partition("\n## ")[0]
    return "\n".join(line.split("|")[1] for line in text.splitlines() if line.startswith("| `"))


def test_the_picture_shows_the_year_that_is_configured() -> None:
    installation = load_installation(ROOT / "config")
    unit = installation.organisation.units[0]
    entries = [
        WheelEntry(e.label, e.start, e.end, e.ring.value)
        for e in year_entries(installation.wheel, unit.code, 2026)
    ]
    drawn = ElementTree.fromstring(draw_wheel(2026, unit.name, entries).svg)
    shown = ElementTree.parse(PICTURE).getroot()
    assert list(shown.itertext()) == list(drawn.itertext()), (
        f"{name(PICTURE)} shows another year than config/wheel.yaml: draw it anew with "
        f"”arshjul wheel 2026 --now 2025-12-01T08:00 --svg {name(PICTURE)}”"
    )


def test_the_picture_can_be_read_on_a_dark_page() -> None:
    first = next(e for e in ElementTree.parse(PICTURE).getroot() if not e.tag.endswith("title"))
    assert first.tag.endswith("rect"), (
        f"{name(PICTURE)} has no ground of its own: put a white <rect> as large as it is after its <title>"
    )
    assert first.get("fill") == "#ffffff"


def test_the_handbook_calls_the_parts_of_the_form_as_the_form_does() -> None:
    part = HANDBOOK.read_text("utf-8").partition("## Du som svarar")[2].partition("### Ändra")[0]
    rows = [
        line.split("|")[1] for line in part.splitlines() if line.startswith("| ") and "Ruta |" not in line
    ]
    labels = {label.strip() for row in rows for label in row.split(",")} | set(
        re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", part)
    )
    assert len(labels) > 10
    said = _said()
    for label in labels:
        assert label in said, (
            f"docs/handbok.md speaks of ”{label}”, which no form says any more: call it what the form does"
        )


def test_operations_quote_what_the_program_says() -> None:
    table = OPERATIONS.read_text("utf-8").partition("## När något strular")[2].partition("\n## ")[0]
    first = "\n".join(line.split("|")[1] for line in table.splitlines() if line.startswith("| "))
    quoted = [piece.strip(" .,") for words in re.findall("”([^”]+)”", first) for piece in words.split("…")]
    said = _said()
    for piece in filter(None, quoted):
        assert piece in said or piece.isdecimal(), (
            f"docs/drift.md quotes ”{piece}”, which the program no longer says: write what it says now"
        )


def _said() -> str:
    """Everything that stands in the program and its configuration, with texts over several lines in one."""
    files = [
        *(ROOT / "arshjul").rglob("*.py"),
        *(ROOT / "cli").glob("*.py"),
        *(ROOT / "config").glob("*.yaml"),
    ]
    text = "\n".join(file.read_text("utf-8") for file in files)
    return re.sub(r'"\s*\n\s*f?"', "", text)
