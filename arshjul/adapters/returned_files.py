"""A form that came back in a file: a workbook or a Word document, told apart by what is in it.

Called where answers are collected and where the portal takes a file.
"""

from arshjul.adapters.word_forms.reading import is_word, read_word_form
from arshjul.adapters.workbooks.reading import MAX_BYTES, read_workbook
from arshjul.answers import ReturnedForm

__all__ = ["MAX_BYTES", "read_returned"]


def read_returned(data: bytes, name: str) -> ReturnedForm:
    """What a returned file says; BadInput with a sentence for one that is no form of ours."""
    if len(data) <= MAX_BYTES and is_word(data):
        return read_word_form(data, name)
    return read_workbook(data, name)
