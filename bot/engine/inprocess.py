"""Runs the custom actions inside Rasa's own process, under a time limit.

Rasa would call a second server over HTTP, wait 300 s for it and go on as if a
failed action had run. In process there is one part less that can die, and an
action that fails or hangs is told apart from one that had nothing to say.
"""

from __future__ import annotations

import asyncio
from typing import Any

from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

LIMIT_SECONDS = 3.0


class InProcessActions(EndpointConfig):  # type: ignore[misc]
    """An action endpoint that is a function call."""

    def __init__(self, package: str = "actions", limit: float = LIMIT_SECONDS) -> None:
        super().__init__(url="inprocess://actions")
        self._executor = ActionExecutor()
        self._executor.register_package(package)
        self._limit = limit

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Run the action named in `kwargs["json"]`. Raises RasaException when it takes too long."""
        call = kwargs["json"]
        try:
            return await asyncio.wait_for(self._executor.run(call), self._limit)
        except asyncio.TimeoutError:
            name = call.get("next_action")
            raise RasaException(
                f"{name!r} took more than {self._limit} s and was stopped"
            ) from None


def check_answers_with_one_validator() -> None:
    """Let Rasa check what actions answer with a validator that is made once.

    For every action Rasa makes it anew and holds the schema itself, which never changes,
    against the schema of schemas: a third of a turn.
    """
    schema = RemoteAction.action_response_format_spec()
    validator = validator_for(schema)(schema)

    def validate(_: RemoteAction, result: dict[str, Any]) -> bool:
        validator.validate(result)
        return True

    RemoteAction._validate_action_result = validate
