"""The parts of Rasa's pipeline that are ours: `NorwegianTokenizer`, `NorwegianReader`.

The reader takes the place of Rasa's intent classifier and entity extractors: it
sets the intent, and puts everything understood in one message on it as the
entity `reading` (see `bot.nlu.reading`).
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.model import LanguageModel
from bot.nlu.normalise import normalise
from bot.nlu.reading import read_message

ENTITY = "reading"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class NorwegianTokenizer(Tokenizer):  # type: ignore[misc]
    """Cuts a message into canonical tokens (`bot.nlu.normalise`)."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
        }

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Return the tokens of `attribute`; never empty, as Rasa requires."""
        found = normalise(message.get(attribute) or "").tokens
        tokens = [Token(token.text, token.start, token.end) for token in found]
        return tokens or [Token("_", 0)]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class NorwegianReader(GraphComponent):  # type: ignore[misc]
    """Themes, intent, duration, severity, age, place and wishes of one message.

    What it has learned (`bot.learning`) lies beside Rasa's model, in `models/reader.joblib`.
    """

    def __init__(self, model: LanguageModel) -> None:
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NorwegianReader:
        return cls(LanguageModel.load())

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent and reading on messages that were typed (not on `/choose`)."""
        for message in messages:
            if (message.get(INTENT) or {}).get("name"):
                continue
            reading = read_message(message.get(TEXT) or "", self._model)
            message.set(
                INTENT, {"name": reading["intent"], "confidence": reading["confidence"]}, True
            )
            entity = {
                "entity": ENTITY,
                "value": reading,
                "start": 0,
                "end": 0,
                "extractor": "NorwegianReader",
            }
            message.set(ENTITIES, [*(message.get(ENTITIES) or []), entity], True)
        return messages
