"""Names that mail programs hold on to: Message-IDs, threads and calendar UIDs.

All are derived from what they name, so that the same letter has the same Message-ID however often it is
made, a changed due date moves the calendar entry instead of doubling it, and nothing has to be remembered.
Pure.
"""

from hashlib import sha256


def message_id(letter_key: str, domain: str) -> str:
    """The Message-ID of a letter, in angle brackets; `letter_key` is unique per letter."""
    return f"<{_digest('letter', letter_key)}@{domain}>"


def thread_id(thread: str, receiver: str, domain: str) -> str:
    """The Message-ID that a receiver's letters in one cycle all refer to; no letter bears it itself."""
    return f"<{_digest('thread', thread, receiver)}@{domain}>"


def calendar_uid(thread: str, receiver: str, domain: str) -> str:
    """The UID of the due date of one cycle in one receiver's calendar."""
    return f"{_digest('due', thread, receiver)}@{domain}"


def boundary(letter: str, part: int) -> str:
    """A MIME boundary that is the same each time the letter is made; `part` counts multiparts from 0."""
    return f"arshjul-{_digest('boundary', letter, str(part))}"


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()[:32]
