"""A form as JSON, so that an answer is checked against the form that was sent, not against today's. Pure."""

from functools import cache

from pydantic import TypeAdapter

from arshjul.form import Form


@cache
def _adapter() -> TypeAdapter[Form]:
    return TypeAdapter(Form)


def dump_form(form: Form) -> str:
    """The form as JSON text."""
    return _adapter().dump_json(form).decode()


def load_form(text: str) -> Form:
    """The form that `dump_form` wrote."""
    return _adapter().validate_json(text)
