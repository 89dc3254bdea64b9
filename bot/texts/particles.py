"""Korean particles that depend on how the word before them ends (은/는, 이/가, 을/를, 으로/로)."""

import re
from html import unescape
from unicodedata import normalize

HANGUL = range(0xAC00, 0xD7A4)
RIEUL = 8
# How the last digit is read: 영 일 이 삼 사 오 육 칠 팔 구.
DIGITS = dict(zip("0123456789", (21, RIEUL, 0, 16, 0, 0, 1, RIEUL, RIEUL, 0), strict=True))
# A number that ends in zeros is read by its last unit: 십 백 천 만 … 억 경, but 조 ends in a vowel.
TRILLION_ZEROS = range(12, 16)
# Letters read by name (엘 엠 엔 알), and endings of words that are heard as a final consonant.
SPELLED = {"L": RIEUL, "M": 16, "N": 4, "R": RIEUL}
WORD_END = re.compile(r"(?:l|le|m|me|n|ne|ng|[aeiou](?:b|c|ck|k|p|t))$", re.IGNORECASE)
LIQUID = re.compile(r"(?:l|le)$", re.IGNORECASE)
MARKUP = re.compile(r"<[^>]*>")
# What stands in brackets behind a word is not heard: 13일(수)은, 인공지능(AI)은.
ASIDE = re.compile(r"(?<=\w)([^\w(]*)\([^()]*\)\W*$")
LAST_WORD = re.compile(r"([A-Za-zÀ-ɏ]+|[0-9](?:[0-9,]*[0-9])?|[가-힣])[\W_]*$")


def final_consonant(word: str) -> int | None:
    """The index of the final consonant a word ends in when read aloud in Korean; 0 for none.

    `None` where it cannot be told, as after a word in another script.
    """
    heard = normalize("NFKC", unescape(MARKUP.sub("", word)))
    found = LAST_WORD.search(ASIDE.sub(r"\1", heard))
    if not found:
        return None
    last = found[1]
    if ord(last[-1]) in HANGUL:
        return (ord(last[-1]) - HANGUL.start) % 28
    if last[-1].isdigit():
        return _final_of_number(last.replace(",", ""))
    if last.isupper():
        return SPELLED.get(last[-1], 0)
    if LIQUID.search(last):
        return RIEUL
    return 1 if WORD_END.search(last) else 0


def _final_of_number(digits: str) -> int:
    zeros = len(digits) - len(digits.rstrip("0"))
    if zeros in TRILLION_ZEROS and zeros < len(digits):
        return 0
    return DIGITS[digits[-1]]


def particle(word: str, pair: str) -> str:
    """The fitting one of a pair of particles for a word, as in `particle("구미진", "은/는")`."""
    after_consonant, after_vowel = pair.split("/")
    final = final_consonant(word)
    if final is None and after_consonant.endswith(after_vowel):
        return f"({after_consonant.removesuffix(after_vowel)}){after_vowel}"
    if final is None:
        return f"{after_consonant}({after_vowel})"
    if final == RIEUL and after_consonant.startswith("으"):
        return after_vowel
    return after_consonant if final else after_vowel


def with_particle(word: str, pair: str) -> str:
    """The word with the fitting particle right behind it."""
    return word + particle(word, pair)
