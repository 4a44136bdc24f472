"""The table of all pages. A page that is not here does not exist; the test of who may see what walks it."""

from arshjul.web import apt, cycles, doors, form_files, forms, home, offices
from arshjul.web.asking import Page

PAGES: tuple[Page, ...] = (
    *doors.PAGES,
    *home.PAGES,
    *form_files.PAGES,
    *forms.PAGES,
    *cycles.PAGES,
    *apt.PAGES,
    *offices.PAGES,
)
