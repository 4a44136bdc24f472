"""A manager's judgements as a YAML file: goal id -> attainment and text; written to fill in, and read back.

Called by the command.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap

import yaml

from arshjul.config.records import open_source
from arshjul.cycle_data import SUMMARY, Judged
from arshjul.errors import BadInput
from arshjul.plan import Attainment

_WIDTH = 100
_EXAMPLE = 'G04: {attainment: FULL, text: "Målet är nått."}'

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


@dataclass(frozen=True, slots=True)
class _Written:
    attainment: Attainment | None = None
    text: str | None = None


def read_judgements(path: Path) -> dict[str, Judged]:
    """The judgements of a file; BadInput that names the place."""
    source = open_source(path, str(path))
    try:
        written = source.read_each(_Written)
    except BadInput as trouble:
        raise BadInput(f"{trouble.sentence}. Skriv som {_EXAMPLE}", trouble.where) from None
    return {goal: Judged(one.attainment, (one.text or "").strip()) for goal, one in written.items()}
