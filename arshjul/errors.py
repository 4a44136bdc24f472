"""The errors that callers act on differently; the tree is the whole list.

ArshjulError
├── BadInput          somebody's file, form, config or option; shown as one line, exit status 2
│   └── NotAPlan      a document in which no plan or report was found
├── Busy              another process holds the cycle or the database; try again later
├── Refused           the step is not allowed in this state (say so, change nothing)
└── MailTrouble       the mail server would not take it; `permanent` says whether trying again helps

ProgramFault stands outside the tree: no sentence for a person, but an error of the program without its words.

Sentences are in Swedish and say where, which value, and what to do. Called by everybody.
"""

import traceback
from pathlib import PurePath


class ArshjulError(Exception):
    """What a person can do something about; `str()` is the sentence that is shown to her."""


class BadInput(ArshjulError):
    """A file, form, config or option that cannot be used as it is.

    `where` names the file and the place in it ("plan.yaml, rad 12"); `str()` is "where: sentence".
    """

    def __init__(self, sentence: str, where: str | None = None) -> None:
        self.sentence = sentence
        self.where = where
        super().__init__(f"{where}: {sentence}" if where else sentence)


class NotAPlan(BadInput):
    """A document without the headings of a plan or report."""


class Busy(ArshjulError):
    """Somebody else is at it; nothing was changed."""


class Refused(ArshjulError):
    """The step is not allowed now; nothing was changed."""


class MailTrouble(ArshjulError):
    """A letter that the mail server did not take."""

    def __init__(self, sentence: str, *, permanent: bool) -> None:
        self.permanent = permanent
        super().__init__(sentence)


class ProgramFault(Exception):
    """An error of the program by its kind and place: its own words may name people, and are not kept."""

    @classmethod
    def of(cls, error: Exception) -> "ProgramFault":
        """The same error without its words; its frames come with it."""
        frames = traceback.extract_tb(error.__traceback__)
        place = f" i {PurePath(frames[-1].filename).name}, rad {frames[-1].lineno}" if frames else ""
        return cls(f"{type(error).__name__}{place}").with_traceback(error.__traceback__)
