"""What may be written: how long a name is, how much money there can be, and what is a link."""

from urllib.parse import urlsplit

NAME_AT_MOST = 32
LINK_AT_MOST = 1_000
AMOUNT_AT_MOST = 1_000_000


def is_link(text: str) -> bool:
    """Whether words are one http or https address."""
    if len(text) > LINK_AT_MOST or not text.isprintable():
        return False
    try:
        parts = urlsplit(text)
        is_web = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return is_web and not any(sign.isspace() or sign in '<>"' for sign in text)
