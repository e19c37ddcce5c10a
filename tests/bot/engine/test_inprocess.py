"""Custom actions in Rasa's process: bounded in time, and a failure is a failure."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.shared.exceptions import RasaException
from rasa_sdk import Action

from bot.engine.inprocess import InProcessActions, check_answers_with_one_validator


class ActionHangs(Action):  # type: ignore[misc]
    def name(self) -> str:
        return "action_hangs"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[Any]:
        await asyncio.sleep(30)
        return []


def call(name: str) -> dict[str, Any]:
    tracker = {"sender_id": "x", "slots": {}, "latest_message": {}, "events": [], "paused": False}
    tracker |= {"followup_action": None, "active_loop": {}, "latest_action_name": None}
    return {"next_action": name, "tracker": tracker, "domain": {}}


async def test_an_action_that_hangs_is_stopped_and_named() -> None:
    endpoint = InProcessActions(limit=0.2)
    with pytest.raises(RasaException, match="action_hangs"):
        await endpoint.request(json=call("action_hangs"))


def test_all_actions_of_the_domain_are_there() -> None:
    import yaml

    from bot.settings import ROOT

    wanted = yaml.safe_load((ROOT / "domain.yml").read_text())["actions"]
    assert set(wanted) <= set(InProcessActions()._executor.actions)


def test_what_an_action_answers_is_still_checked() -> None:
    check_answers_with_one_validator()
    action = RemoteAction("action_x", InProcessActions())
    assert action._validate_action_result({"events": [], "responses": [{"text": "hei"}]})
    for wrong in ({"events": "none"}, {"responses": ["hei"]}, {"events": [{"event": "no"}]}):
        with pytest.raises(ValidationError):
            action._validate_action_result(wrong)
