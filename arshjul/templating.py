"""The templates/ folder and the one way in which it is read, for letters, reports and the portal alike.

What the templates may call is put in by each of them. Here are no words of its own.
"""

from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"


def environment(folder: str, finalize: Callable[[object], object] | None = None) -> Environment:
    """A folder of templates/; what is HTML by its name is escaped, and a name that is not given is an error.

    `finalize` is put on whatever a template prints.
    """
    return Environment(
        loader=FileSystemLoader(TEMPLATES / folder),
        undefined=StrictUndefined,
        autoescape=lambda name: name is not None and name.endswith(".html.j2"),
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=finalize,
    )
