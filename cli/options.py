"""Options that many commands share, and how they open the installation they work on."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from arshjul.config import MAIL_REDIRECT_VARIABLE
from arshjul.cycle import CycleKey
from arshjul.errors import BadInput
from arshjul.plan import Kind
from arshjul.wheel import STOCKHOLM

if TYPE_CHECKING:  # commands that ask for no store start without it
    from arshjul.office import Office

F = TypeVar("F", bound=Callable[..., Any])

CONFIG_VARIABLE = "ARSHJUL_CONFIG"
_MADE_AGAIN = (".svg", ".html", ".htm")  # what the commands themselves write, and write over


class Moment(click.ParamType[datetime]):
    """A time like 2026-09-08T08:00, in Stockholm where no zone is written."""

    name = "tid"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            at = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"”{value}” är ingen tid. Skriv som 2026-09-08T08:00.", param, ctx)
        return at if at.tzinfo else at.replace(tzinfo=STOCKHOLM)


class ReportKindName(click.ParamType[Kind]):
    """T1, T2, VB …, in any case."""

    name = "rapport"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Kind:
        try:
            return value if isinstance(value, Kind) else Kind(str(value).upper())
        except ValueError:
            self.fail(f"”{value}” är ingen rapport. Välj bland {', '.join(Kind)}.", param, ctx)


class ReportTime(NamedTuple):
    """Which of a kind's reports: a year's, or a month's of a monthly one (`month` 0: the year's)."""

    year: int
    month: int = 0


class ReportTimeName(click.ParamType[ReportTime]):
    """2026, or 2026-03 for a monthly report."""

    name = "år"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> ReportTime:
        if isinstance(value, ReportTime):
            return value
        try:
            return read_report_time(str(value))
        except BadInput as error:
            self.fail(error.sentence, param, ctx)


def read_report_time(text: str) -> ReportTime:
    """ "2026" or "2026-03"; BadInput for anything else."""
    found = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2]))?", text.strip())
    if found is None:
        raise BadInput(f"”{text}” är inget år. Skriv som 2026, eller 2026-03 för en månad.")
    return ReportTime(int(found[1]), int(found[2] or 0))


def config_option(command: F) -> F:
    """--config: which installation."""
    return click.option(
        "--config",
        "config",
        type=click.Path(path_type=Path),
        envvar=CONFIG_VARIABLE,
        default=Path("config"),
        show_default=True,
        metavar="MAPP",
        help="Mappen med installationens konfiguration.",
    )(command)


def cycle_arguments(command: F) -> F:
    """KIND YEAR --unit: which cycle."""
    command = click.option("--unit", metavar="KOD", help="Enhetens kod. Behövs när det finns flera.")(command)
    command = click.argument("year", type=ReportTimeName(), metavar="ÅR")(command)
    return click.argument("kind", type=ReportKindName(), metavar="RAPPORT")(command)


def now_option(command: F) -> F:
    """--now: what time it is."""
    return click.option(
        "--now",
        type=Moment(),
        metavar="TID",
        help="Låtsas att klockan är så här mycket, t.ex. 2026-09-08T08:00.",
    )(command)


json_option = click.option("--json", "as_json", is_flag=True, help="Skriv JSON på standard ut.")


def _redirect(_ctx: click.Context, _param: click.Parameter, address: str | None) -> None:
    if address is None:
        return
    if address.count("@") != 1 or not address.isascii():
        raise click.BadParameter(f"”{address}” är ingen e-postadress.")
    os.environ[MAIL_REDIRECT_VARIABLE] = address  # the runs that Prefect starts are to know it, too


def redirect_option(command: F) -> F:
    """--redirect: every letter goes to one test box."""
    return click.option(
        "--redirect",
        metavar="ADRESS",
        expose_value=False,
        callback=_redirect,
        help="Skicka alla brev till en provlåda i stället.",
    )(command)


def _readable_database(_ctx: click.Context, _param: click.Parameter, address: str | None) -> str | None:
    from arshjul.adapters.store.database import Database

    if address:
        try:
            Database(address).close()
        except BadInput as error:
            raise click.BadParameter(error.sentence) from None
    return address


def database_option(words: str) -> Callable[[F], F]:
    """--database: a store's address, refused where it cannot be read."""
    return click.option("--database", metavar="ADRESS", callback=_readable_database, help=words)


def current_time() -> datetime:
    """The real time, aware. The only place, with the tasks' own, that asks for it."""
    return datetime.now(UTC)


def write_asked_for(path: Path, content: bytes) -> None:
    """Write a file that a person named. A slip of the hand never takes a file of another kind."""
    from arshjul.steps.cycle.output import write_whole

    if path.is_dir():
        raise BadInput("är en mapp; ange en fil", str(path))
    if not path.parent.is_dir():
        raise BadInput(f"mappen {path.parent} finns inte; gör den först, eller välj en annan", str(path))
    if path.exists() and path.suffix.lower() not in _MADE_AGAIN:
        raise BadInput("filen finns redan; välj ett annat namn", str(path))
    write_whole(path, content)


def asked_for_folder(path: Path) -> Path:
    """The folder that a person named to put files in, made where it is not there."""
    above = next(each for each in (path, *path.parents) if each.exists())
    if not above.is_dir():
        raise BadInput("är en fil; ange en mapp", str(above))
    path.mkdir(parents=True, exist_ok=True)
    return path


@contextmanager
def opened(config: Path) -> Iterator["Office"]:
    """The installation of a command."""
    from arshjul.office import open_office

    with open_office(config, current_time) as office:
        yield office


def cycle_keys(office: "Office", kind: Kind, year: ReportTime, unit: str | None) -> list[CycleKey]:
    """The cycles that a command is about: one unit's, or those of every unit that has such a report."""
    from arshjul.steps.cycle.settled import plan_to_start_from

    installation = office.installation
    if unit:
        return [CycleKey(installation.unit(unit).code, kind, *year)]
    keys = [CycleKey(each.code, kind, *year) for each in installation.organisation.units]
    planned = [
        key
        for key in keys
        if installation.wheel.rules(key.unit_code, kind) and plan_to_start_from(installation, key)
    ]
    return planned or keys  # with none of them, the first one says what is missing


def one_cycle(office: "Office", kind: Kind, year: ReportTime, unit: str | None) -> CycleKey:
    """The one cycle of a command that decides something; BadInput where the unit has to be said."""
    keys = cycle_keys(office, kind, year, unit)
    if len(keys) > 1:
        raise BadInput(
            f"det finns flera enheter; välj en med --unit ({', '.join(k.unit_code for k in keys)})"
        )
    return keys[0]
