"""Block Kit: what is taken, and what is refused and where."""

from typing import Any

import pytest

from tests.slack import blocks, forms, surfaces
from tests.slack.content import checked
from tests.slack.problems import Findings, Json, Refusal
from tests.slack.tiny import buttons, form, plain, text


def complaints(listed: Any, surface: str = blocks.MESSAGE) -> list[str]:
    """Give what is wrong with blocks."""
    findings = Findings()
    blocks.check(listed, findings, surface)
    return findings.messages


def button(**more: Any) -> Json:
    """A row of one button."""
    made = {"type": "button", "text": plain("내기"), "action_id": "a"} | more
    return {"type": "actions", "elements": [made]}


def table(rows: int, columns: int, word: str = "x") -> Json:
    """A table of cells that are alike."""
    cell = {"type": "raw_text", "text": word}
    return {"type": "table", "rows": [[cell] * columns for _ in range(rows)]}


def menu(count: int, **more: Any) -> Json:
    """A section with a menu of so many options."""
    options = [{"text": plain(str(number)), "value": str(number)} for number in range(count)]
    element = {"type": "static_select", "placeholder": plain("주차"), "options": options, "action_id": "week"}
    return text("x") | {"accessory": element | more}


def field(**element: Any) -> Json:
    """A field of a form."""
    return {"type": "input", "block_id": "x", "label": plain("x"), "element": {"action_id": "a"} | element}


GOOD: list[Json] = [
    text("x" * 3000),
    {"type": "section", "fields": [{"type": "mrkdwn", "text": "x" * 2000}] * 10},
    {"type": "header", "text": plain("x" * 150)},
    {"type": "divider"},
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "x"}] * 10},
    button(value="x" * 2000, style="primary", url="https://example.org"),
    table(100, 20) | {"column_settings": [{"align": "right", "is_wrapped": True}]},
    menu(100),
    {"type": "markdown", "text": "x" * 12_000},
    {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "x"},
    field(type="datepicker", initial_date="2022-04-13"),
]

BAD: list[tuple[str, Json, str]] = [
    ("type", {"type": "sectoin"}, "unsupported type: sectoin [json-pointer:/blocks/0/type]"),
    ("no text", {"type": "section"}, "missing required field: text"),
    ("long text", text("x" * 3001), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    ("empty text", text(""), "must be more than 0 characters"),
    ("strange field", text("x") | {"colour": "red"}, "invalid additional property: colour"),
    ("fields", {"type": "section", "fields": [plain("x")] * 11}, "no more than 10 items allowed"),
    ("long field", {"type": "section", "fields": [plain("x" * 2001)]}, "/blocks/0/fields/0/text"),
    ("long header", {"type": "header", "text": plain("x" * 151)}, "must be less than 151"),
    (
        "header markup",
        {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
        "unsupported type: mrkdwn",
    ),
    ("label", button(text=plain("x" * 76)), "must be less than 76 characters"),
    ("value", button(value="x" * 2001), "must be less than 2001"),
    ("url", button(url="x" * 3001), "must be less than 3001"),
    ("action id", button(action_id="x" * 256), "must be less than 256"),
    ("style", button(style="loud"), "unsupported style: loud"),
    ("block id", text("x") | {"block_id": "x" * 256}, "must be less than 256"),
    ("no label", {"type": "actions", "elements": [{"type": "button"}]}, "missing required field: text"),
    ("buttons", {"type": "actions", "elements": button()["elements"] * 26}, "no more than 25"),
    ("same action", {"type": "actions", "elements": button()["elements"] * 2}, "`action_id` 'a' already"),
    ("context", {"type": "context", "elements": [plain("x")] * 11}, "no more than 10"),
    ("options", menu(101), "no more than 100"),
    ("no options", menu(0), "must have either options"),
    ("placeholder", menu(1, placeholder=plain("x" * 151)), "must be less than 151"),
    ("option", menu(1, options=[{"text": plain("x" * 76), "value": "x" * 151}]), "less than 151"),
    ("twice", menu(1, options=[{"text": plain("x"), "value": "x"}] * 2), "'x' is there twice"),
    ("initial", menu(1, initial_option={"text": plain("y"), "value": "0"}), "one of the options"),
    ("rows", table(101, 1), "no more than 100"),
    ("columns", table(1, 21), "no more than 20"),
    ("empty cell", table(1, 1, ""), "must be more than 0"),
    ("wide cells", table(100, 2, "x" * 51), "must be less than 10001 characters in all cells"),
    ("date", field(type="datepicker", initial_date="13.4.2022"), "is no datepicker's value"),
    ("number", field(type="number_input"), "missing required field: is_decimal_allowed"),
    ("input", field(type="button", text=plain("x")), "unsupported type: button"),
    ("no input", {"type": "input", "label": plain("x")}, "missing required field: element"),
    ("confirm", button(confirm={"title": plain("x")}), "missing required field: deny"),
    ("image", {"type": "image", "alt_text": "x"}, "missing required field: image_url"),
    ("no object", "x", "must be an object"),  # type: ignore[list-item]
]


@pytest.mark.parametrize(
    "block", GOOD, ids=[f"{number}-{block['type']}" for number, block in enumerate(GOOD)]
)
def test_what_slack_takes(block: Json) -> None:
    assert complaints([block]) == []


@pytest.mark.parametrize(("block", "said"), [x[1:] for x in BAD], ids=[x[0] for x in BAD])
def test_what_slack_refuses(block: Json, said: str) -> None:
    assert any(said in each for each in complaints([block])), complaints([block])


def test_how_many_blocks_there_may_be() -> None:
    assert complaints([{"type": "divider"}] * 50) == []
    assert "no more than 50" in complaints([{"type": "divider"}] * 51)[0]
    assert complaints([{"type": "divider"}] * 100, blocks.HOME) == []
    assert "no more than 100" in complaints([{"type": "divider"}] * 101, blocks.HOME)[0]
    assert "only_one_table" in complaints([table(1, 1), table(1, 1)])[0]
    assert "unsupported type: table" in complaints([table(1, 1)], blocks.MODAL)[0]
    assert "'row' already exists" in complaints([buttons("a"), buttons("b")])[0]


def test_ids_are_made_where_there_are_none() -> None:
    made = blocks.identified([text("x"), {"type": "actions", "elements": [{"type": "button"}]}])
    assert made[0]["block_id"] != made[1]["block_id"]
    assert made[1]["elements"][0]["action_id"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": plain("x" * 25)}, "/view/title/text"),
        ({"title": None}, "missing required field: title"),
        ({"submit": plain("x" * 25)}, "/view/submit/text"),
        ({"submit": None}, "missing required field: submit"),
        ({"private_metadata": "x" * 3001}, "/view/private_metadata"),
        ({"callback_id": "x" * 256}, "/view/callback_id"),
        ({"external_id": "x" * 256}, "/view/external_id"),
        ({"blocks": []}, "no less than 1 items"),
        ({"type": "home"}, "unsupported type: home"),
        ({"colour": "red"}, "invalid additional property: colour"),
    ],
)
def test_what_is_no_form(change: Json, said: str) -> None:
    with pytest.raises(Refusal) as refusal:
        surfaces.checked(form() | change, blocks.MODAL)
    assert refusal.value.error == "invalid_arguments"
    assert any(said in each for each in refusal.value.messages), refusal.value.messages


def test_a_form_has_a_size() -> None:
    fields = [text("가" * 2999) for _ in range(100)]
    with pytest.raises(Refusal, match="view_too_large"):
        surfaces.checked({"type": "home", "blocks": fields}, blocks.HOME)


@pytest.mark.parametrize(
    ("metadata", "error"),
    [
        ("x", "invalid_metadata_format"),
        ({"event_type": "a"}, "invalid_metadata_schema"),
        ({"event_type": "a", "event_payload": {}, "more": 1}, "invalid_metadata_schema"),
        ({"event_type": "a", "event_payload": {"a": {"b": {"c": 1}}}}, "invalid_metadata_schema"),
        ({"event_type": "a", "event_payload": {"a": None}}, "invalid_metadata_schema"),
        ({"event_type": "a", "event_payload": {"a": "x" * 8000}}, "metadata_too_large"),
    ],
)
def test_what_is_no_metadata(metadata: Any, error: str) -> None:
    with pytest.raises(Refusal) as refusal:
        checked({"text": "x", "metadata": metadata})
    assert refusal.value.error == error


def test_metadata_of_plain_values() -> None:
    payload = {"key": "row-17", "weeks": [1, 2], "who": {"id": "U1"}, "list": [{"id": 1}]}
    assert checked({"text": "x", "metadata": {"event_type": "outbox", "event_payload": payload}}).metadata


@pytest.mark.parametrize(
    ("element", "value", "sent"),
    [
        ({"type": "plain_text_input"}, "하나", {"value": "하나"}),
        ({"type": "plain_text_input"}, "", {"value": None}),
        ({"type": "number_input", "is_decimal_allowed": False}, 3, {"value": "3"}),
        ({"type": "datepicker"}, "2022-04-13", {"selected_date": "2022-04-13"}),
        ({"type": "timepicker"}, "09:00", {"selected_time": "09:00"}),
        (menu(2)["accessory"], "1", {"selected_option": {"text": plain("1"), "value": "1"}}),
        (
            menu(2)["accessory"] | {"type": "multi_static_select"},
            ["0"],
            {"selected_options": [{"text": plain("0"), "value": "0"}]},
        ),
        (menu(2)["accessory"] | {"type": "checkboxes"}, [], {"selected_options": []}),
    ],
)
def test_what_a_field_sends(element: Json, value: Any, sent: Json) -> None:
    given = forms.valued(element | {"action_id": "a"}, value)
    assert given == {"type": element["type"]} | sent


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ({"type": "plain_text_input", "max_length": 3}, "하나둘셋"),
        ({"type": "plain_text_input", "min_length": 3}, "하"),
        ({"type": "plain_text_input"}, "하나\n둘"),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5"),
        ({"type": "number_input", "is_decimal_allowed": False, "min_value": "2"}, "1"),
        ({"type": "url_text_input"}, "example"),
        ({"type": "datepicker"}, "내일"),
        (menu(2)["accessory"], "7"),
        (menu(3)["accessory"] | {"type": "multi_static_select", "max_selected_items": 1}, ["0", "1"]),
    ],
)
def test_what_cannot_be_entered(element: Json, value: Any) -> None:
    with pytest.raises(AssertionError):
        forms.valued(element | {"action_id": "a"}, value)
