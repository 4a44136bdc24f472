"""The table of all pages. A page that is not here does not exist; the test of who may see what walks it."""

from arshjul.web import (
    apt,
    city_system,
    codes,
    cycles,
    data,
    doors,
    duties,
    form_files,
    forms,
    handed_in,
    home,
    offices,
    people,
    sign_on,
    year,
)
from arshjul.web.asking import Page

PAGES: tuple[Page, ...] = (
    *doors.PAGES,
    *home.PAGES,
    *codes.PAGES,
    *sign_on.PAGES,
    *form_files.PAGES,
    *handed_in.PAGES,
    *forms.PAGES,
    *data.PAGES,
    *cycles.PAGES,
    *city_system.PAGES,
    *apt.PAGES,
    *duties.PAGES,
    *offices.PAGES,
    *people.PAGES,
    *year.PAGES,
)
