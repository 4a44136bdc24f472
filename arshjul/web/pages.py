"""The table of all pages. A page that is not here does not exist; the test of who may see what walks it."""

from arshjul.web import apt, cycles, doors, forms, home, offices
from arshjul.web.asking import Page

PAGES: tuple[Page, ...] = (
    *doors.PAGES,
    *home.PAGES,
    *forms.PAGES,
    *cycles.PAGES,
    *apt.PAGES,
    *offices.PAGES,
)
