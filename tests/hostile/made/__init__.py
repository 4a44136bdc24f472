"""Inputs that somebody made to do harm, or that a broken program made: each with what it is, by kind.

Made of the sound files of the example (`Material`), so that the harm comes as far in as it can. What is
large or slow to make is `heavy`. Called by the tests, which send them to `tests.hostile.program`.
"""

from tests.hostile.made.configs import configs
from tests.hostile.made.documents import documents
from tests.hostile.made.material import Hostile, Material, as_bytes
from tests.hostile.made.posts import posts
from tests.hostile.made.sources import sources
from tests.hostile.made.word_forms import word_forms
from tests.hostile.made.workbooks import workbooks

__all__ = ["Hostile", "Material", "as_bytes", "everything"]


def everything() -> tuple[Hostile, ...]:
    """All that has been made."""
    return (*workbooks(), *word_forms(), *documents(), *sources(), *configs(), *posts())
