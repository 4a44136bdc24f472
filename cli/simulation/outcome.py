"""What a simulated year came to: letters, cycles, packages and duties, in the contract of `simulate --json`.

Read from the product's own ledgers when the year is over.
"""

from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from arshjul.adapters.store import tables
from arshjul.adapters.store.tables.answering import SubmissionState
from arshjul.cycle import CycleKey
from arshjul.office import Office
from arshjul.steps.archive.archiving import package_folder
from arshjul.steps.cycle.cycles import key_of
from arshjul.steps.cycle.settled import settled
from arshjul.steps.cycle.standing import scope_standing
from arshjul.steps.duties.duty_words import duty_standings
from arshjul.steps.letters.letter_log import LoggedLetter, all_letters
from arshjul.wheel import STOCKHOLM, local_day
from cli.simulation.year import SimulatedYear

Json = dict[str, object]


def outcome(year: SimulatedYear, seed: int) -> Json:
    """The whole year as JSON values."""
    world = year.world
    office, of = world.office, world.fate.year
    letters = [letter for letter in all_letters(office) if local_day(letter.at).year == of]
    first, last = world.fate.machine_off
    return {
        "year": of,
        "seed": seed,
        "mail_down": [str(day) for day in world.fate.mail_down],
        "machine_off": [str(first), str(last)],
        "chasing_per_week": office.installation.settings.mail.chasing_per_week,
        "letters": [_letter(letter) for letter in letters if letter.state == "sent"],
        "not_sent": [
            {"to": letter.to, "state": letter.state, "at": _at(letter.at)}
            for letter in letters
            if letter.state not in ("sent", "withdrawn")  # nothing was left to tell in one that is withdrawn
        ],
        "untold": _untold(office),
        "cycles": [each for each in _cycles(office) if _touches(each, of)],
        "packages": _packages(office),
        "duties": list(_duties(office, of)),
        "troubles": year.troubles,
        "rounds": year.rounds,
    }


def _untold(office: Office) -> list[Json]:
    """What was put down and neither told nor withdrawn: what waits at the end, or was lost."""
    notice, letter = tables.Notice, tables.Letter
    waiting = (
        select(notice)
        .outerjoin(letter, letter.id == notice.letter_id)
        .where(notice.withdrawn_at.is_(None), or_(letter.id.is_(None), letter.state != "sent"))
        .order_by(notice.id)
    )
    with office.database.reading() as session:
        rows = session.scalars(waiting).all()
    return [
        {"unit": row.unit_code, "kind": row.kind, "cause": row.cause, "since": _at(row.created_at)}
        for row in rows
    ]


def _letter(letter: LoggedLetter) -> Json:
    written = letter.as_json()
    written["unit"] = letter.unit
    written["matters"] = [
        {
            "kind": m.kind,
            "unit": m.unit,
            "cycle": m.cycle,
            "subunits": list(m.subunits),
            "reason": m.reason,
            "meant_for": m.meant_for,
            "cause": m.cause,
            "by": str(m.by) if m.by else None,
        }
        for m in letter.matters
    ]
    return written


def _cycles(office: Office) -> list[Json]:
    with office.database.reading() as session:
        rows = session.scalars(select(tables.Cycle).order_by(tables.Cycle.id)).all()
        found = [_cycle(office, session, row) for row in rows if row.plan_version_id is not None]
    return sorted(found, key=lambda each: (str(each["opens"]), str(each["unit"]), str(each["cycle"])))


def _cycle(office: Office, session: Session, row: tables.Cycle) -> Json:
    key = key_of(row)
    dates = settled(office, key).milestones
    versions = session.scalars(
        select(tables.ApprovedVersion)
        .where(tables.ApprovedVersion.cycle_id == row.id)
        .order_by(tables.ApprovedVersion.number)
    ).all()
    steps = {
        step.name: step.done_at
        for step in session.scalars(select(tables.Step).where(tables.Step.cycle_id == row.id))
    }
    submissions = session.scalars(
        select(tables.Submission)
        .where(tables.Submission.cycle_id == row.id, tables.Submission.state == SubmissionState.ACCEPTED)
        .order_by(tables.Submission.received_at, tables.Submission.id)
    ).all()
    names = _names(office, key)
    standing = scope_standing(office, key)
    return {
        "cycle": str(key),
        "unit": key.unit_code,
        "opens": str(local_day(steps["open"])),
        "due": str(dates.due.date()),
        "approved_at": _at(versions[0].approved_at) if versions else None,
        "distributed_at": _at(_first(steps, "distribute")),
        "archived_at": _at(_first(steps, "archive")),
        "corrected_at": [_at(version.approved_at) for version in versions[1:]],
        "submissions": [
            {"subunit": names.get(s.scope, s.scope), "at": _at(s.received_at), "version": s.version}
            for s in submissions
        ],
        "asked": [each.name for each in standing],
        "missing": [each.name for each in standing if each.state != "answered"],
    }


def _first(steps: dict[str, datetime], kind: str) -> datetime | None:
    """When a step was taken the first time: what is corrected before it is archived is archived corrected."""
    return min((at for name, at in steps.items() if name.startswith(f"{kind}-")), default=None)


def _names(office: Office, key: CycleKey) -> dict[str, str]:
    return {each.scope: each.name for each in scope_standing(office, key)}


def _touches(cycle: Json, year: int) -> bool:
    """Whether the cycle was at work in the year: opened, decided or archived."""
    moments = [cycle["opens"], cycle["approved_at"], cycle["archived_at"]]
    return any(str(moment).startswith(str(year)) for moment in moments if moment)


def _packages(office: Office) -> list[Json]:
    with office.database.reading() as session:
        rows = session.scalars(
            select(tables.Package).where(tables.Package.written_at.is_not(None)).order_by(tables.Package.id)
        )
        return [{"path": str(package_folder(office, row.path)), "sha256": row.sha256} for row in rows]


def _duties(office: Office, year: int) -> list[Json]:
    found: list[Json] = []
    for unit in office.installation.organisation.units:
        for each in duty_standings(office, unit.code, date(year, 1, 1), date(year, 12, 31)):
            occurrence = each.occurrence
            code = occurrence.subunit
            found.append(
                {
                    "unit": unit.code,
                    "duty": occurrence.id.removesuffix(f"-{code}") if code else occurrence.id,
                    "subunit": unit.subunit(code).name if code else None,
                    "state": each.state,
                    "confirmed_at": _at(each.at) if each.state == "confirmed" else None,
                }
            )
    return found


def _at(at: datetime | None) -> str | None:
    return at.astimezone(STOCKHOLM).isoformat() if at else None
