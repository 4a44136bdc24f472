"""What the manager should know of withheld figures: texts that told them, and what is out already.

The finding names no figure: it stands in lists and letters. Called by `cycle_review`. Pure.
"""

from collections.abc import Iterator

from arshjul.review.cycle.reviewed import Reviewed
from arshjul.review.finding import Finding, Severity
from arshjul.suppression.outcome import WITHHELD_TEXT


def withheld_in_texts(reviewed: Reviewed) -> Iterator[Finding]:
    """A text told a figure that may not be shown; it has been taken out, and the sentence may need a hand."""
    places: dict[str, list[str]] = {}
    for one in reviewed.compiled.suppressed.replaced:
        places.setdefault(one.subject, []).append(one.where)
    for subject, found in places.items():
        texts = "en text" if len(found) == 1 else f"{len(found)} texter"
        yield Finding(
            "withheld-in-text",
            Severity.WARNING,
            subject,
            f"I {texts} stod en uppgift om ”{subject}” som inte får visas. Där står nu ”{WITHHELD_TEXT}”: "
            f"{'; '.join(found)}.",
            {"subject": subject, "places": "; ".join(found)},
            mend="Läs meningarna. Be den som skrivit att skriva om dem utan tal, eller låt dem stå.",
        )


def already_released(reviewed: Reviewed) -> Iterator[Finding]:
    """What has left the unit before tells a small group's value, whatever is withheld now."""
    for subject in reviewed.compiled.suppressed.told:
        yield Finding(
            "already-released",
            Severity.WARNING,
            subject,
            f"Det som enheten har lämnat ut tidigare om ”{subject}” räcker för att räkna ut ett "
            "värde som gäller för få personer, hur mycket som än döljs nu.",
            {"subject": subject},
            mend="Det går inte att ta tillbaka. Bedöm om någon behöver få veta det.",
        )
