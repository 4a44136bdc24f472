"""A manager's judgements from a YAML file: goal id -> attainment and text. Called by the command."""

from pathlib import Path

import yaml

from arshjul.cycle_data import Judged
from arshjul.errors import BadInput
from arshjul.plan import Attainment


def read_judgements(path: Path) -> dict[str, Judged]:
    """The judgements of a file; BadInput that names the place."""
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except FileNotFoundError:
        raise BadInput("filen finns inte", str(path)) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadInput(f"filen kan inte läsas som YAML: {error}", str(path)) from error
    if not isinstance(content, dict):
        raise BadInput("filen ska ha ett mål på varje rad, som ”G04: {attainment: FULL, text: …}”", str(path))
    return {str(goal): _judged(str(goal), written, path) for goal, written in content.items()}


def _judged(goal: str, written: object, path: Path) -> Judged:
    if not isinstance(written, dict) or not set(written) <= {"attainment", "text"}:
        raise BadInput("skriv {attainment: …, text: …} och inget annat", f"{path}, {goal}")
    try:
        return judged_from(written.get("attainment"), str(written.get("text", "")))
    except ValueError:
        words = f"attainment är {', '.join(Attainment)}, inte ”{written['attainment']}”"
        raise BadInput(words, f"{path}, {goal}") from None


def judged_from(attainment: str | None, text: str) -> Judged:
    """A judgement from its written parts; ValueError where the attainment is no attainment."""
    return Judged(Attainment(attainment) if attainment else None, text.strip())
