"""The registrar's page of cases and packages, and the operator's page of letters, files and jobs."""

from starlette.responses import Response

from arshjul.access import Deed
from arshjul.steps.archive.package_check import check_packages
from arshjul.steps.portal.office_view import cases_of, work_of
from arshjul.web.asking import Ask, Page
from arshjul.web.showing import show


def register(ask: Ask) -> Response:
    """Register numbers, decisions and archive packages of the units that the visitor looks after."""
    hers = frozenset(unit.code for unit in ask.units_where(Deed.SEE_ARCHIVE))
    return show(ask, "register.html.j2", cases=cases_of(ask.office, hers), checked=None)


def check(ask: Ask) -> Response:
    """Read every package back and say whether it is whole."""
    hers = frozenset(unit.code for unit in ask.units_where(Deed.SEE_ARCHIVE))
    checked = [one for one in check_packages(ask.office, ask.now) if one.unit_code in hers]
    return show(ask, "register.html.j2", cases=cases_of(ask.office, hers), checked=checked)


def work(ask: Ask) -> Response:
    """How the installation is doing: letters, files put aside, and where the jobs are watched."""
    jobs = ask.office.installation.settings.portal.jobs_address
    return show(ask, "work.html.j2", work=work_of(ask.office, ask.now), jobs=jobs)


PAGES = (
    Page("/diarium", register, Deed.SEE_ARCHIVE),
    Page("/diarium", check, Deed.SEE_ARCHIVE, method="POST"),
    Page("/drift", work, Deed.OPERATE),
)
