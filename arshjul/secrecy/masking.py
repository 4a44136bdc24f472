"""A text with its identity numbers taken out: what is kept of a hand-in that was stopped. Pure."""

from arshjul.secrecy.identity_numbers import Likeness, identity_numbers

MASK = "[personnummer borttaget]"


def masked(text: str, *, also_doubtful: bool = False) -> str:
    """The text with `MASK` for each certain identity number; `also_doubtful` those that may be another."""
    for number in reversed(identity_numbers(text)):
        if also_doubtful or number.likeness is Likeness.CERTAIN:
            text = text[: number.start] + MASK + text[number.end :]
    return text
