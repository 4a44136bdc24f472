"""What a setting may be: checks that the records of `settings.yaml` share, each told in one sentence.

A `ValueError` of a record is placed at its line by `arshjul.config.records`. Called by the records.
"""


def require_within(name: str, value: int, low: int, high: int) -> None:
    """ValueError where the number lies outside the bounds, both included."""
    if not low <= value <= high:
        raise ValueError(f"{name} ska vara {low} till {high}, inte {value}")


def require_web_address(address: str | None) -> None:
    """ValueError for what is no address of a page; None is no address at all."""
    if address is not None and not address.startswith(("https://", "http://")):
        raise ValueError(f'"{address}" är ingen webbadress; skriv den med https:// först')
