"""Text as a renderer may print it: no control characters, composed letters, labels that read well.

The words every form of a report shares stand here too. Called by the three renderers and the drawings.
"""

import re
import unicodedata

CONTENTS = "Innehåll"
PROPOSED_DECISION = "Förslag till beslut"
CONTENTS_DEPTH = 5  # headings below this level are not in the list of contents

REPLACEMENT = "\N{WHITE SQUARE}"  # stands where a character cannot be printed

# XML 1.0 knows no other control characters than tab and line break; lone surrogates are no text at all.
_NEVER_PRINTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_LINE_BREAKS = re.compile("\r\n?|[\u0085\u2028\u2029]")
_CHANGED = re.compile(f"{_NEVER_PRINTED.pattern}|[\t\u2028\u2029]")


def printable(text: str) -> str:
    """`text` in composed form (NFC) without control characters; every line break becomes a newline."""
    # A no-break space is not printable to Python, and every number has one.
    if (text.isprintable() or not _CHANGED.search(text)) and unicodedata.is_normalized("NFC", text):
        return text
    text = _LINE_BREAKS.sub("\n", text).replace("\t", " ")
    return unicodedata.normalize("NFC", _NEVER_PRINTED.sub("", text))


def lead_in(label: str) -> str:
    """The name set before a paragraph, with a colon where it does not end in a mark of its own."""
    return label if label.endswith((":", ".", "?", "!")) else f"{label}:"
