"""Keeping tokens encrypted."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

PURPOSE = b"studybot: tokens of Slack: "
"""What else a secret may be good for has other keys."""


class Safe:
    """Locks tokens with a secret; of several, with commas between, the first locks and all unlock."""

    def __init__(self, written: str) -> None:
        keys = [_key(part.strip()) for part in written.split(",") if part.strip()]
        if not keys:
            raise ValueError("a secret is needed to keep tokens")
        self._newest, self._all = keys[0], MultiFernet(keys)

    def lock(self, token: str) -> str:
        """The token, encrypted."""
        return self._all.encrypt(token.encode()).decode()

    def unlock(self, locked: str) -> str | None:
        """The token; `None` where no secret is the one that it was locked with."""
        try:
            return self._all.decrypt(locked).decode()
        except InvalidToken:
            return None

    def is_old(self, locked: str) -> bool:
        """Whether it was locked with another secret than the first."""
        try:
            self._newest.decrypt(locked)
        except InvalidToken:
            return True
        return False


def _key(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(PURPOSE + secret.encode()).digest()))
