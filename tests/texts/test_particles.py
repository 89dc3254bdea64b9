"""Korean particles behind whatever stands before them."""

import pytest

from bot.texts.particles import particle, with_particle

PAIRS = ("은/는", "이/가", "을/를", "과/와", "으로/로", "이라/라")


def topic(word: str) -> str:
    """What stands behind a word as its topic: 은, 는 or both."""
    return particle(word, "은/는")


def towards(word: str) -> str:
    """What stands behind a word as a direction: 으로, 로 or both."""
    return particle(word, "으로/로")


class TestKoreanNames:
    @pytest.mark.parametrize("name", ["구미진", "이은빈", "문수인", "장서진", "한현경", "박철", "값"])
    def test_after_a_final_consonant(self, name: str) -> None:
        for pair in PAIRS[:4]:
            assert particle(name, pair) == pair.split("/")[0]

    @pytest.mark.parametrize("name", ["민우", "김지아", "이소희", "스터디", "가"])
    def test_after_a_vowel(self, name: str) -> None:
        for pair in PAIRS:
            assert particle(name, pair) == pair.split("/")[1]

    @pytest.mark.parametrize(
        ("name", "expected"),
        [("구미진", "으로"), ("한현경", "으로"), ("민우", "로"), ("박철", "로"), ("서울", "로")],
    )
    def test_after_rieul_a_direction_is_as_after_a_vowel(self, name: str, expected: str) -> None:
        assert towards(name) == expected

    def test_a_name_typed_on_a_mac_in_single_letters_is_read_all_the_same(self) -> None:
        assert topic("\u1106\u1175\u110c\u1175\u11ab") == "은"  # 미진


class TestNumbers:
    @pytest.mark.parametrize(
        ("number", "expected"),
        [
            ("0", "은"),  # 영
            ("1", "은"),  # 일
            ("2", "는"),  # 이
            ("3", "은"),  # 삼
            ("4", "는"),  # 사
            ("5", "는"),  # 오
            ("6", "은"),  # 육
            ("7", "은"),  # 칠
            ("8", "은"),  # 팔
            ("9", "는"),  # 구
            ("10", "은"),  # 십
            ("12", "는"),
            ("100", "은"),  # 백
            ("1000", "은"),  # 천
            ("3,000", "은"),
            ("10000", "은"),  # 만
            ("100,000,000", "은"),  # 억
            ("1,000,000,000,000", "는"),  # 조
            ("20,000,000,000,000", "는"),  # 이십조
            ("10,000,000,000,000,000", "은"),  # 경
            ("1조", "는"),
            ("3,000원", "은"),
            ("12주차", "는"),
        ],
    )
    def test_they_are_read_aloud(self, number: str, expected: str) -> None:
        assert topic(number) == expected

    @pytest.mark.parametrize("number", ["1", "7", "8", "21"])
    def test_those_that_end_in_rieul_go_with_ro(self, number: str) -> None:
        assert towards(number) == "로"

    @pytest.mark.parametrize("number", ["0", "3", "6", "10", "3,000"])
    def test_those_that_end_in_another_consonant_go_with_euro(self, number: str) -> None:
        assert towards(number) == "으로"

    def test_the_number_behind_a_name_is_what_is_heard(self) -> None:
        assert topic("구미진2") == "는"
        assert topic("GPT3") == "은"


class TestLatin:
    @pytest.mark.parametrize("name", ["Kim", "Tom", "Anne", "Bob", "Young", "Jane", "Jack", "Ann"])
    def test_names_heard_with_a_final_consonant(self, name: str) -> None:
        assert (topic(name), towards(name)) == ("은", "으로")

    @pytest.mark.parametrize("name", ["Alex", "Mike", "Alice", "Anna", "mlflow", "Luis", "José"])
    def test_names_heard_with_a_vowel(self, name: str) -> None:
        assert (topic(name), towards(name)) == ("는", "로")

    @pytest.mark.parametrize("name", ["Rachel", "Kyle", "Google", "SQL"])
    def test_names_heard_with_rieul(self, name: str) -> None:
        assert (topic(name), towards(name)) == ("은", "로")

    @pytest.mark.parametrize(
        ("letters", "heard"),
        [
            *(("AI", "는 로"), ("API", "는 로"), ("IT", "는 로"), ("X", "는 로")),  # 아이, 피, 티, 엑스
            *(("LLM", "은 으로"), ("CNN", "은 으로")),  # 엠, 엔
            *(("ML", "은 로"), ("OCR", "은 로")),  # 엘, 알
        ],
    )
    def test_capitals_are_read_letter_by_letter(self, letters: str, heard: str) -> None:
        assert f"{topic(letters)} {towards(letters)}" == heard

    def test_a_word_in_mixed_case_is_read_as_a_word(self) -> None:
        assert topic("MLOps") == "는"


class TestWhatStandsAround:
    @pytest.mark.parametrize(
        "word",
        [
            *("'구미진'", '"구미진"', "“구미진”", "「구미진」", "(구미진)", "[구미진]", "구미진!"),
            *("**구미진**", "구미진 😀", "구미진_", " 구미진 "),
        ],
    )
    def test_signs_are_not_heard(self, word: str) -> None:
        assert particle(word, "이/가") == "이"

    @pytest.mark.parametrize(
        ("word", "expected"),
        [
            ("구미진(총무)", "은"),
            ("민우 (리더님)", "는"),
            ("**민우**(총장)", "는"),
            ("인공지능(AI)", "은"),
            ("4월 12일(화)", "은"),
            ("민우（총장）", "는"),
        ],
    )
    def test_what_is_in_brackets_behind_a_word_is_not_heard(self, word: str, expected: str) -> None:
        assert topic(word) == expected

    @pytest.mark.parametrize(
        ("word", "expected"),
        [
            ("<b>구미진</b>", "은"),
            ('<span class="name">민우</span>', "는"),
            ('<a href="https://example.org/10">Anna</a>', "는"),
            ("구미진 &lt;총무&gt;", "는"),
            ("&quot;민우&quot;", "는"),
            ("구미진&#x27;", "은"),
            ("민우&gt;", "는"),
        ],
    )
    def test_markup_is_not_heard(self, word: str, expected: str) -> None:
        assert topic(word) == expected

    def test_a_comma_behind_a_number_is_not_heard(self) -> None:
        assert topic("3,000,") == "은"


class TestWhatCannotBeTold:
    @pytest.mark.parametrize(
        "word", ["", "!?", "😀", "田中", "Иван", "Kim田中", "민우さん", "ㅋㅋ", "<@123456>"]
    )
    def test_both_are_written(self, word: str) -> None:
        both = ["은(는)", "이(가)", "을(를)", "과(와)", "(으)로", "(이)라"]
        assert [particle(word, pair) for pair in PAIRS] == both


def test_the_word_itself_stays_as_it_was() -> None:
    assert with_particle("<b>구미진</b>", "을/를") == "<b>구미진</b>을"
    assert with_particle("민우&gt;", "을/를") == "민우&gt;를"
    assert with_particle("田中", "으로/로") == "田中(으)로"
