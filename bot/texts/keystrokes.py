"""Hangul as it is typed: a syllable under way already begins a word."""

from unicodedata import normalize

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
TWO_KEYS = (
    "ㅘㅗㅏ ㅙㅗㅐ ㅚㅗㅣ ㅝㅜㅓ ㅞㅜㅔ ㅟㅜㅣ ㅢㅡㅣ "
    "ㄳㄱㅅ ㄵㄴㅈ ㄶㄴㅎ ㄺㄹㄱ ㄻㄹㅁ ㄼㄹㅂ ㄽㄹㅅ ㄾㄹㅌ ㄿㄹㅍ ㅀㄹㅎ ㅄㅂㅅ"
)
KEYS = str.maketrans({both[0]: both[1:] for both in TWO_KEYS.split()})
FIRST_SYLLABLE, LAST_SYLLABLE = 0xAC00, 0xD7A3


def keystrokes(text: str) -> str:
    """The letters as a Korean keyboard types them, so that a syllable under way (젳) begins 제출."""
    return "".join(map(_letters, normalize("NFC", text.casefold()))).translate(KEYS)


def _letters(sign: str) -> str:
    place = ord(sign) - FIRST_SYLLABLE
    if not 0 <= place <= LAST_SYLLABLE - FIRST_SYLLABLE:
        return sign
    initial, rest = divmod(place, len(VOWELS) * len(FINALS))
    vowel, final = divmod(rest, len(FINALS))
    return INITIALS[initial] + VOWELS[vowel] + FINALS[final].strip()
