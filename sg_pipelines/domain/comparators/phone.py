"""Telephone numbers as E.164, read in the client's region."""

from __future__ import annotations

import re

import phonenumbers

from sg_pipelines.domain.comparators.text import visible

_NANP = frozenset({"US", "CA", "PR", "DO", "JM"})
_PLAIN = re.compile(r"[0-9\s().+\-/]*\Z")
_TEN = re.compile(r"[2-9][0-9]{2}[2-9][0-9]{6}\Z")
_ABROAD = re.compile(r"\(?00\)?[\s.\-]*[1-9]")  # the international prefix of most of the world, whoever dials
# Mobiles and land lines of Colombia (ten digits) and Spain (nine), by the country's prefix.
_NATIONAL = {
    "CO": ("57", re.compile(r"3[0-9]{9}\Z|60[1-8][0-9]{7}\Z")),
    "ES": ("34", re.compile(r"[6-9][1-9][0-9]{7}\Z")),
}
# Land lines of Colombia got 60 before their area code on 1 September 2021 (CRC resolution 5826 of 2019).
# After a 57 without a plus the parser leaves it on them; no number of Colombia begins so.
_COLOMBIA, _OLD_LANDLINE = 57, re.compile(r"(?:57)?([124-8][2-9][0-9]{6})\Z")
# The nought dialled at home alone, in brackets after a country's prefix; Italy's belongs to the number.
_TRUNK = re.compile(r"(\A[\s(]*(?:\+|00)[\s(]*(?!39)[1-9][0-9]{0,2}[\s)]*)\(0\)")
# Three companies' prefixes of long-distance calls in Colombia, each a word of its own or before the digits.
_CARRIER = re.compile(r"\s*\(?00[579](?P<apart>\)[\s.\-]*|[\s.\-]+)?(?P<rest>.*)\Z", re.DOTALL)
_AFTER_CARRIER = re.compile(r"(?:57)?(?:3[0-9]{9}|60[1-8][0-9]{7}|[124-8][2-9][0-9]{6})\Z")
# "ext. 12", "x12", "extensión 12-13", "int 4", "opción 2", "#12", "(WhatsApp)" behind a number; "ext" also where somebody forgot
# which.
_EXTENSION = re.compile(
    r"[\s,;.:/(\-]*(?:(?<![^\W\d_])(?:"
    r"(?:ext(?:[^\W\d_]|[\u0300-\u036f])*|int(?:erno)?|anexo|op(?:c(?:i[oó]n)?)?|\(?whats\s?app\)?)[\s.:=#]*(?:[0-9]{1,7}(?:\s?[-,/y]\s?[0-9]{1,7})*)?"
    r"|[x#][\s.:]*[0-9]{1,7})[\s).,;]*)+\Z",
    re.IGNORECASE,
)
# "(oficina)", "home", "cel" behind a number
_WORDS = re.compile(r"(?:\s+|\s*\()[^\W\d_][^\d]*\Z")
_SHORTEST = 6
_NOT_DIGIT = re.compile(r"\D+")


def phone_key(value: str, region: str) -> str | None:
    """E.164 when the number is possible in its region, otherwise its digits; None when there is no digit. The number is what
    is compared: an extension behind it makes no difference, whichever it is."""
    value = _without_words(_without_extension(visible(value)), region)
    digits = _NOT_DIGIT.sub("", value)
    if not digits:
        return None
    if "(0)" in value or digits.startswith("00"):
        value = _to_dial(value, region)
        digits = _NOT_DIGIT.sub("", value)
    if _PLAIN.match(value):
        plain = _north_american(value, digits) if region in _NANP else _spanish(value, digits, region)
        if plain is not None:
            return plain
    abroad = _ABROAD.match(value.strip())
    try:
        parsed = phonenumbers.parse(f"+{digits[2:]}" if abroad else value, region)
    except phonenumbers.NumberParseException:
        return digits
    if not phonenumbers.is_possible_number(parsed):
        return digits
    old = _OLD_LANDLINE.match(str(parsed.national_number))
    if parsed.country_code == _COLOMBIA and old:
        return f"+{_COLOMBIA}60{old[1]}"
    key = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    # Noughts in front belong to the number in some countries; where reading them again loses one they are no number.
    is_number = not parsed.italian_leading_zero or phonenumbers.parse(key, region) == parsed
    return key if is_number else digits


def _without_words(value: str, region: str) -> str:
    """Without the words behind a number; with them, where they may be digits (`1 800 FLOWERS`)."""
    bare = _WORDS.sub("", value)
    if bare == value:
        return value
    try:
        return bare if phonenumbers.is_possible_number(phonenumbers.parse(bare, region)) else value
    except phonenumbers.NumberParseException:
        return value


def _without_extension(value: str) -> str:
    """What stands before an extension, where that is long enough to be a number."""
    found = None if _PLAIN.match(value) else _EXTENSION.search(value)
    if found is None or len(_NOT_DIGIT.sub("", value[: found.start()])) < _SHORTEST:
        return value
    return value[: found.start()]


def _to_dial(value: str, region: str) -> str:
    """Without a nought that nobody dials from abroad, and without the prefix of who carries the call."""
    dialled = _TRUNK.sub(r"\1", value)
    return _uncarried(dialled) if region == "CO" else dialled


def _uncarried(value: str) -> str:
    """What follows a carrier's prefix, when that is a number of Colombia; all digits together are so only where they are
    no number abroad (00 7 301... is in Russia)."""
    carried = _CARRIER.match(value)
    if carried is None or not _AFTER_CARRIER.match(_NOT_DIGIT.sub("", carried["rest"])):
        return value
    return value if not carried["apart"] and _is_abroad(value) else carried["rest"]


def _is_abroad(value: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(f"+{_NOT_DIGIT.sub('', value)[2:]}", None))
    except phonenumbers.NumberParseException:
        return False


def _north_american(value: str, digits: str) -> str | None:
    """The everyday spellings of a ten-digit number, decided without the full parser."""
    has_plus = value.lstrip(" (").startswith("+")
    if len(digits) == 11 and digits[0] == "1" and _TEN.match(digits[1:]):
        return "+" + digits
    if len(digits) == 10 and not has_plus and _TEN.match(digits):
        return "+1" + digits
    return None


def _spanish(value: str, digits: str, region: str) -> str | None:
    """The everyday spellings of numbers of Colombia and Spain, at home and abroad, decided without the full parser."""
    prefixed = digits if value.lstrip(" (").startswith("+") else digits[2:] if digits.startswith("00") else None
    for country, (prefix, national) in _NATIONAL.items():
        if prefixed is not None and prefixed.startswith(prefix) and national.match(prefixed[2:]):
            return "+" + prefixed
        if prefixed is None and country == region and national.match(digits):
            return f"+{prefix}{digits}"
    return None
