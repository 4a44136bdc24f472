"""The workbooks that come back in an example city: most in time, some late, some never, some with a fault.

The forms are those that the cycle's opening made; they are filled in without a person and put in the inbox,
those of the late in the folder `senare` beside it. Called by `arshjul load-example --answers`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from sqlalchemy import select

from arshjul.adapters.store import tables
from arshjul.adapters.store.files import file_content
from arshjul.cycle import CycleKey
from arshjul.form import Form, Sheet
from arshjul.form_checking import check_sheet
from arshjul.form_file import load_form
from arshjul.form_questions import VALUE_PARTS
from arshjul.office import Office
from arshjul.steps.cycle.cycles import find_cycle
from arshjul.steps.cycle.morning import bring_up_to_date
from arshjul.steps.cycle.settled import settled
from arshjul.workdays import add_workdays
from cli.example.plans import around
from cli.example.sentences import written
from cli.example.words import CityWords, Measured
from cli.invented_story import Words
from cli.simulation.answers import Answers, answers_for, cells, with_faults
from cli.simulation.workbook import filled_in

NEVER, LATE, FAULTY = 0.03, 0.08, 0.03  # of those who are asked
LATER = "senare"
_FAULTY_NUMBER = "ungefär lika många som förut"


@dataclass(slots=True)
class Returned:
    """What was made: forms in all, and how many of them came back how."""

    forms: int = 0
    in_time: int = 0
    late: int = 0
    never: int = 0
    faulty: int = 0


def open_and_answer(
    office: Office,
    keys: list[CycleKey],
    words: CityWords,
    seed: int,
    told: Callable[[float], None],
) -> Returned:
    """Open each cycle on its first day and put its answers in the inbox. The letters wait to be sent."""
    known = {one.id: one for trade in words.trades for one in words.indicators(trade)}
    folders = office.installation.settings.folders
    later = folders.inbox.parent / LATER
    for folder in (folders.inbox, later):
        folder.mkdir(parents=True, exist_ok=True)
    returned = Returned()
    for number, key in enumerate(keys, start=1):
        bring_up_to_date(office, key, settled(office, key).milestones.opens)
        _answer(office, key, known, seed, (folders.inbox, later), returned)
        told(number / len(keys))
    return returned


def _answer(
    office: Office,
    key: CycleKey,
    known: Mapping[str, Measured],
    seed: int,
    folders: tuple[Path, Path],
    returned: Returned,
) -> None:
    apt = add_workdays(settled(office, key).milestones.approve_by.date(), 5)
    for form, workbook in _forms(office, key):
        random = Random(f"{seed} {key} {key.unit_code} {form.person}")
        fate = random.random()
        returned.forms += 1
        if fate < NEVER:
            returned.never += 1
            continue
        late = fate < NEVER + LATE
        faulty = not late and fate < NEVER + LATE + FAULTY
        returned.late += late
        returned.faulty += faulty
        returned.in_time += not late and not faulty
        answers = dict(_sheets(form, known, apt, random, faulty=faulty))
        path = folders[late] / f"Underlag {form.cycle} {form.unit_code} {form.person}.xlsx"
        path.write_bytes(filled_in(workbook, answers))


def _forms(office: Office, key: CycleKey) -> list[tuple[Form, bytes]]:
    with office.database.reading() as session:
        cycle = find_cycle(session, key)
        assert cycle is not None  # it was opened just now
        rows = session.scalars(
            select(tables.Form).where(tables.Form.cycle_id == cycle.id).order_by(tables.Form.id)
        )
        return [(load_form(row.content), file_content(session, row.workbook_sha256)) for row in rows]


def _sheets(
    form: Form, known: Mapping[str, Measured], apt: date, random: Random, *, faulty: bool
) -> Iterator[tuple[str, Answers]]:
    """The answers of each sheet; a fault stands on the first."""
    for place, sheet in enumerate(form.sheets):
        said = Words(
            analyses=tuple(written(random, 3) for _ in range(8)),
            texts=tuple(written(random, 1) for _ in range(8)),
            faulty_number=_FAULTY_NUMBER,
            summary="",
            reason="",
        )
        answers = _with_values(sheet, answers_for(sheet, said, apt, random), known, random)
        yield sheet.scope, with_faults(sheet, answers, said) if faulty and place == 0 else answers


def _with_values(sheet: Sheet, answers: Answers, known: Mapping[str, Measured], random: Random) -> Answers:
    """The same with numbers that lie where the indicator's do, where the form takes them."""
    near = {
        field.id: around(known[field.group], random)
        for field in sheet.fields()
        if field.id in answers and field.group in known and field.part in VALUE_PARTS
    }
    better: Answers = {**answers, **{key: int(n) if n == int(n) else n for key, n in near.items()}}
    return answers if check_sheet(sheet, cells(better)).faults else better
