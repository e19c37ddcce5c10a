"""The parts of Rasa's pipeline that are ours: `NorwegianTokenizer`, `NorwegianReader`.

The reader takes the place of Rasa's intent classifier and entity extractors: it
sets the intent, and puts everything understood in one message on it as the
entity `reading` (see `bot.nlu.reading`).
"""

from __future__ import annotations

from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import ENTITIES, INTENT, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.importer import EXAMPLE
from bot.nlu.labels import THEME_OF_INTENT
from bot.nlu.model import Labelled, LanguageModel
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


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class NorwegianReader(GraphComponent):  # type: ignore[misc]
    """Themes, intent, duration, severity, age, place and wishes of one message."""

    FILE = "reader.joblib"

    def __init__(self, storage: ModelStorage, resource: Resource, model: LanguageModel) -> None:
        self._storage = storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NorwegianReader:
        return cls(model_storage, resource, LanguageModel())

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> NorwegianReader:
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, joblib.load(folder / cls.FILE))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from every example that carries an intent."""
        lines = [_labelled(m) for m in training_data.intent_examples if m.get(INTENT) != "choose"]
        self._model = LanguageModel().fit(lines, with_vectors=True)
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._model, folder / self.FILE, compress=3)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

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


def _labelled(message: Message) -> Labelled:
    labels = (message.get(METADATA) or {}).get(EXAMPLE)
    if labels is None:
        intent = message.get(INTENT)
        theme = THEME_OF_INTENT.get(intent)
        return Labelled(message.get(TEXT), (intent, theme) if theme else (intent,))
    return Labelled(
        text=message.get(TEXT),
        labels=tuple(labels["themes"]),
        severity=labels["severity"],
        duration=labels["duration"],
    )
