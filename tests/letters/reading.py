"""The words of a letter, as its text and as its page, and letters of any matters to read."""

import re
from html.parser import HTMLParser
from typing import Any

from arshjul.letters import ComposedLetter, InsteadOf, Matter, Sender, compose
from arshjul.organisation import Person
from tests.letters.samples import ANNA, DOMAIN, NOW, SENDER


class _Words(HTMLParser):
    """The words of a page, a line per block, without its head."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(page.partition("<body>")[2])

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in ("p", "li", "h1", "h2", "br"):
            self.text += "\n"

    def handle_data(self, data: str) -> None:
        self.text += data.replace("\n", " ")


def words(text: str) -> list[str]:
    """The words of a text, without the marks of its lists."""
    return re.sub(r"(?m)^\s*(- |\d+\. |-+$)", "", text).split()


def body_words(page: str) -> list[str]:
    """The words of a page."""
    return words(_Words(page).text)


def letter_of(
    *matters: Matter | InsteadOf, to: Person = ANNA, sender: Sender = SENDER, **more: Any
) -> ComposedLetter:
    """A letter of those matters, to Anna where nobody else is named."""
    return compose(to, matters, sender, **{"letter_key": "k", "domain": DOMAIN, "now": NOW} | more)
