"""Where in a text something stands, in words that a person can follow, without repeating it. Pure."""

import re

_END = re.compile(r"[.!?][\"”)]*\s+(?=[A-ZÅÄÖ0-9”\"(])")


def place_in(text: str, start: int) -> str:
    """ "rad 2, mening 3, ord 5"; what there is only one of is left out."""
    lines = [number for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    line = text.count("\n", 0, start) + 1
    begins = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", begins)
    whole = text[begins : stop if stop >= 0 else len(text)]
    ends = [begins + m.end() for m in _END.finditer(whole)]
    sentence = sum(end <= start for end in ends) + 1
    from_here = max((end for end in ends if end <= start), default=begins)
    word = len(text[from_here:start].split()) + (start == from_here or text[start - 1].isspace())
    parts = [f"rad {lines.index(line) + 1 if line in lines else line}"] if len(lines) > 1 else []
    parts += [f"mening {sentence}"] if ends else []
    return ", ".join([*parts, f"ord {max(word, 1)}"])
