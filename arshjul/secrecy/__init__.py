"""Free text and secrecy: what in a text tells who somebody is, or how one person fares.

Scanning only: where it is done and what follows stands with the callers (`arshjul.cell_checking` when a text
comes in, `arshjul.review.cycle.persons` before approval, `arshjul.letters.guard` before mail,
`arshjul.steps.archive.purging` for what got in all the same). Nothing here repeats what it found. Pure.
"""

from arshjul.secrecy.contacts import contacts
from arshjul.secrecy.identity_numbers import Likeness, Number, identity_numbers
from arshjul.secrecy.masking import MASK, masked
from arshjul.secrecy.names import names_in
from arshjul.secrecy.place import place_in
from arshjul.secrecy.stopping import refuse_identity_numbers, why_stopped

__all__ = [
    "MASK",
    "Likeness",
    "Number",
    "contacts",
    "identity_numbers",
    "masked",
    "names_in",
    "place_in",
    "refuse_identity_numbers",
    "why_stopped",
]
