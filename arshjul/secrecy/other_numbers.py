"""What shows that digits are another number: what it is called, what it hangs together with, what it counts.

Called by `arshjul.secrecy.identity_numbers`, on texts in plain characters. Pure.
"""

import re
from collections.abc import Container

_KINDS = (
    r"diarie|ärende|mål|order|beställnings|faktura|kund|konto|artikel|serie|registrerings|register|referens|"
    r"avtals|inventarie|organisations|arbetsställes|försäkrings|leverantörs|projekt|kort|bankkonto|personkonto|"
    r"bankgiro|plusgiro|postgiro|kontrakts|tillstånds|protokolls|dokument|akt|anläggnings|mätar|fastighets|"
    r"löpnummer|streck|chassi|licens|besluts|verifikations|skadeanmälnings|kvitto|kolli|spårnings"
)
_OTHER = re.compile(
    rf"(?:\b(?:{_KINDS})-?(?:nummer|nr|kod|id|-id)(?:et|t)?"
    r"|\b(?:dnr|d\.?\s?nr|diarienr|ocr|ocr-nr|bg|pg|bankgiro|plusgiro|postgiro|clearing|konto|iban|bic|imei|ean"
    r"|gtin|isbn|issn|cfar|gln|org\.?\s?-?nr|orgnr|reg\.?\s?-?nr|regnr|ref|refnr|artnr|art\.\s?nr|fakt\.?\s?nr"
    r"|kontonr|swish|bankkonto|löpnr|löpnummer|faktura|order|serienr|verifikat|ver\.?\s?nr))"
    r"\s?\.?\s?[:#=]?\s{0,2}(?:är|var|med|nr\.?|nummer|no\.?)?\s?:?\s?(?:[A-ZÅÄÖ]{1,5}\s?)?\(?\s?"
    r"(?:\d{3,5}(?:-\d)?,?\s)?$",  # a clearing number before the account's own
    re.IGNORECASE,
)
_TELEPHONE = re.compile(
    r"(?:\b(?:tel|tfn|tele|mob|fax|telnr|mobilnr|telefon|mobil|mobiltelefon|jourtelefon|växel|växeln|"
    r"(?:telefon|mobil|fax|jour|direkt|växel|kontakt|larm|sms)-?(?:nummer|nr)(?:et)?|jouren|sms:?a?|ring|ringa|"
    r"ringer|ringde|nås på|nå oss på|når oss på|nå mig på|når mig på|på nummer)\b)"
    r"\s?\.?\s?[:=]?\s{0,2}(?:är|på|till|via|nr\.?|nummer|numret)?\s?(?:nummer)?\s?:?\s?\(?\s?$",
    re.IGNORECASE,
)
_LOOK_BACK = 40
_COUNTED = re.compile(
    r"\s?(?:%|procent|kr\b|kronor|tkr|mkr|mnkr|tusen|miljon|sek\b|eur|st\b|stycken|timm|tim\b|plats|person|"
    r"deltagar|brukar|boende|elev|barn|kvm|m2|kwh|mwh|kg\b|ton\b|km\b|mil\b|besök|ärenden|dagar|minut)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?:[-/](?=\d{1,5}(?!\d))|,(?=\d{1,3}(?!\d))|\.(?=\d{1,4}(?!\d))|:(?=\d\d(?!\d)))")
_LED_UP_TO = re.compile(r"(?:(?<!\d)\d{1,5}([-/])|(?<!\d)\d{1,4}([.,:])|\+)$")
_OF_A_CASE = re.compile(r"[A-ZÅÄÖ]{1,6}[- ]?(?:19|20)\d\d[-/:]$")
_DIGITS_BEFORE = re.compile(r"\d([ \n]{1,3})$")
_A_YEAR_BEFORE = re.compile(r"[^\W\d] (?:19|20)\d\d $")
_DIGITS_AFTER = re.compile(r"[ \n]{1,3}(?=\d)")


def is_named_other(text: str, start: int) -> bool:
    """Whether the digits from `start` are called a case number, an account, an invoice …"""
    return _OTHER.search(text[max(0, start - _LOOK_BACK) : start]) is not None


def is_of_a_case(text: str, start: int) -> bool:
    """Whether a case number has begun before `start`: SOC-2026-…"""
    return _OF_A_CASE.search(text[max(0, start - 14) : start]) is not None


def is_named_telephone(text: str, start: int) -> bool:
    """Whether the digits from `start` are said to be a telephone number."""
    return _TELEPHONE.search(text[max(0, start - _LOOK_BACK) : start]) is not None


def is_counted(text: str, end: int) -> bool:
    """Whether what ends there is an amount or a number of something."""
    return _COUNTED.match(text, end) is not None


def stands_apart(
    text: str, start: int, end: int, starts: Container[int], ends: Container[int], *, alone: bool
) -> bool:
    """Whether it is no part of a longer number, a range of dates, a decimal or a time of the day.

    With `alone` no digits stand beside it at all, but a year. Another number that may be an identity number
    (`starts`, `ends`) is no part of it: people write several in a row.
    """
    before = text[max(0, start - 12) : start]
    led = _LED_UP_TO.search(before)
    if led and (led[0] == "+" or start - 1 not in ends):
        return False
    on = _GOES_ON.match(text, end)
    if on and on.end() not in starts:
        return False
    if not alone:
        return True
    behind, ahead = _DIGITS_BEFORE.search(before), _DIGITS_AFTER.match(text, end)
    if behind and start - len(behind[1]) not in ends and not _A_YEAR_BEFORE.search(before):
        return False
    return not ahead or ahead.end() in starts
