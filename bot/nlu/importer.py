"""Gives Rasa the labelled messages besides its own YAML files, so that it can check them all."""

from __future__ import annotations

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import examples
from bot.nlu.labels import INTENT_OF_THEME


class LabelledMessages(RasaFileImporter):  # type: ignore[misc]
    """Reads what Rasa reads, and `data/nlu/messages/*.jsonl`."""

    def get_nlu_data(self, language: str | None = "nb") -> TrainingData:
        """Return the YAML examples and the labelled messages as one."""
        data: TrainingData = super().get_nlu_data(language)
        return data.merge(TrainingData([_message(e) for e in examples.training()]))


def _message(example: examples.Example) -> Message:
    main = example.themes[0] if example.themes else "annet"
    return Message(data={TEXT: example.text, INTENT: INTENT_OF_THEME.get(main, "tell")})
