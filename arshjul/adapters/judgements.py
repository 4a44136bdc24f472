"""A manager's judgements as a YAML file: goal id -> attainment and text; written to fill in, and read back.

Called by the command.
"""

from collections.abc import Iterable
from pathlib import Path
from textwrap import wrap

import yaml

from arshjul.cycle_data import SUMMARY, Judged
from arshjul.errors import BadInput
from arshjul.plan import Attainment

_WIDTH = 100

_HEAD = """# {title}: enhetschefens bedömningar och texter.
#
# Fyll i och läs in med:  arshjul judge {cycle} --file DEN HÄR FILEN --by DU
# attainment är FULL (uppfylls helt), PARTIAL (delvis), NOT_MET (inte) eller NO_DATA (inga data).
# text är enhetens samlade text under målet. Under summary står sammanfattningen av hela rapporten.
"""


def judgement_file(title: str, cycle: str, rows: Iterable[tuple[str, str, str, Judged]]) -> str:
    """The file to fill in: for each goal its id, what it is called, what is proposed, and what is written.

    What is proposed may be several lines: the attainment with its reason, then what was drafted.
    """
    parts = [_HEAD.format(title=title, cycle=cycle)]
    for goal, name, proposal, judged in rows:
        lines = [name, *proposal.splitlines()]
        comments = "".join(f"# {line}\n" for text in lines if text for line in wrap(text, _WIDTH))
        attainment = {} if goal == SUMMARY else {"attainment": judged.attainment and judged.attainment.value}
        written = {goal: {**attainment, "text": judged.synthesis}}
        parts.append(comments + yaml.safe_dump(written, allow_unicode=True, sort_keys=False, width=_WIDTH))
    return "\n".join(parts)


def read_judgements(path: Path) -> dict[str, Judged]:
    """The judgements of a file; BadInput that names the place."""
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except OSError as error:
        raise BadInput(f"filen går inte att öppna ({error.strerror})", str(path)) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}, rad {mark.line + 1}" if mark is not None else str(path)
        raise BadInput("går inte att läsa; se över indrag, kolon och citattecken här", where) from error
    if not isinstance(content, dict):
        raise BadInput("filen ska ha ett mål på varje rad, som ”G04: {attainment: FULL, text: …}”", str(path))
    return {str(goal): _judged(str(goal), written, path) for goal, written in content.items()}


def _judged(goal: str, written: object, path: Path) -> Judged:
    if not isinstance(written, dict) or not set(written) <= {"attainment", "text"}:
        raise BadInput("skriv {attainment: …, text: …} och inget annat", f"{path}, {goal}")
    text = written.get("text") or ""
    if not isinstance(text, str):
        raise BadInput("text ska vara en text; sätt citattecken omkring den", f"{path}, {goal}")
    try:
        return judged_from(written.get("attainment"), text)
    except ValueError:
        words = f"attainment är {', '.join(Attainment)}, inte ”{written['attainment']}”"
        raise BadInput(words, f"{path}, {goal}") from None


def judged_from(attainment: str | None, text: str) -> Judged:
    """A judgement from its written parts; ValueError where the attainment is no attainment."""
    return Judged(Attainment(attainment) if attainment else None, text.strip())
