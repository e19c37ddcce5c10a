"""Buttons leave the house signed and are checked when they come back.

Inside the house a choice is plain "name=value". Outside it is opaque, bound to
its conversation, and carries its label, so that the button's words can be
screened like any others, with every store down.
"""

from __future__ import annotations

from itsdangerous import BadData, URLSafeSerializer

from bot.turn import Choice, Message


class BadChoice(Exception):
    """A choice that was never shown in this conversation."""


class Choices:
    """Signs and reads the choices of every conversation under one secret."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def _signer(self, conversation: str) -> URLSafeSerializer:
        return URLSafeSerializer(self._secret, salt=f"ungveiviser.choice.{conversation}")

    def seal(self, conversation: str, choice: Choice) -> Choice:
        """Return the choice as it may leave the house."""
        value = self._signer(conversation).dumps([choice.value, choice.label])
        return Choice(label=choice.label, value=value)

    def seal_all(self, conversation: str, messages: list[Message]) -> list[Message]:
        """Return the messages with their choices sealed."""
        return [
            message.copy(update={"choices": [self.seal(conversation, c) for c in message.choices]})
            for message in messages
        ]

    def open(self, conversation: str, sealed: str) -> Choice:
        """Return the plain choice. Raises BadChoice, also for one of another conversation."""
        try:
            value, label = self._signer(conversation).loads(sealed)
        except (BadData, TypeError, ValueError):
            raise BadChoice("not shown in this conversation") from None
        return Choice(label=label, value=value)

    def peek(self, conversation: str, sealed: str) -> str:
        """Return the label that `sealed` claims to have, verified or not, for the screen alone."""
        _, payload = self._signer(conversation).loads_unsafe(sealed)
        if isinstance(payload, list) and len(payload) == 2:
            return str(payload[1])
        return ""
