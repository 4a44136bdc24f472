"""A form as JSON, so that an answer is checked against the form that was sent, not against today's. Pure."""

from functools import cache, lru_cache

from pydantic import TypeAdapter

from arshjul.form import Form


@cache
def _adapter() -> TypeAdapter[Form]:
    return TypeAdapter(Form)


def dump_form(form: Form) -> str:
    """The form as JSON text."""
    return _adapter().dump_json(form).decode()


@lru_cache(maxsize=128)
def load_form(text: str) -> Form:
    """The form that `dump_form` wrote. Read once: the same text gives the same form, which never changes."""
    return _adapter().validate_json(text)
