"""What is answered when a request is refused: always JSON, plain Norwegian, and what to do."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from typing import Any, Optional

from starlette.responses import JSONResponse

from bot.texts import say
from bot.turn import Language, Message, Safety

log = logging.getLogger(__name__)

STATUS = {
    "invalid_json": 400,
    "invalid_request": 400,
    "nothing_said": 400,
    "text_and_choice": 400,
    "bad_choice": 400,
    "bad_language": 400,
    "bad_id": 400,
    "bad_municipality": 400,
    "bad_code": 400,
    "could_not_answer": 400,
    "no_token": 401,
    "bad_token": 401,
    "other_conversation": 403,
    "not_found": 404,
    "no_calendar": 404,
    "conversation_gone": 404,
    "unknown_code": 404,
    "wrong_method": 405,
    "body_timeout": 408,
    "text_too_long": 413,
    "body_too_large": 413,
    "code_unavailable": 424,
    "too_many_codes": 429,
    "too_many_messages": 429,
    "too_many_conversations": 429,
    "too_many_streams": 429,
}


class Refused(Exception):
    """A request that cannot be met; `code` is a key of STATUS, `retry_after` in seconds."""

    def __init__(self, code: str, *, retry_after: Optional[int] = None) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after


def refusal(
    error: Refused,
    language: Language,
    safety: Optional[Safety] = None,
    messages: Optional[list[Message]] = None,
) -> JSONResponse:
    """Return the answer to a refused request.

    With `safety` it also carries what the screen saw and the answer to it.
    """
    body: dict[str, Any] = {
        "error": {"code": error.code, "message": say(f"gateway.error.{error.code}", language)},
        "safety": safety.dict() if safety else None,
        "messages": [message.dict(by_alias=True) for message in messages or []],
    }
    headers = {}
    if error.retry_after is not None:
        headers["Retry-After"] = str(error.retry_after)
    if STATUS[error.code] == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(body, STATUS[error.code], headers)


def log_fault(where: str, error: BaseException) -> None:
    """Log a fault by its kind and place alone: its text could hold what somebody wrote."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    places = " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames))
    log.error("%s failed: %s at %s", where, type(error).__name__, places)
