"""Gives Rasa the labelled messages besides its own YAML files."""

from __future__ import annotations

from typing import Any

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import examples
from bot.nlu.labels import INTENT_OF_THEME

EXAMPLE = "example"


class LabelledMessages(RasaFileImporter):  # type: ignore[misc]
    """Reads what Rasa reads, and `data/nlu/messages/*.jsonl` with all its labels."""

    def get_nlu_data(self, language: str | None = "nb") -> TrainingData:
        """Return the YAML examples and the labelled messages as one."""
        data: TrainingData = super().get_nlu_data(language)
        return data.merge(TrainingData([_message(e) for e in examples.training()]))


def _message(example: examples.Example) -> Message:
    main = example.themes[0] if example.themes else "annet"
    labels: dict[str, Any] = {
        "themes": [*example.themes, *(["about_other"] if example.about == "other" else [])],
        "severity": example.severity,
        "duration": example.duration,
    }
    intent = INTENT_OF_THEME.get(main, "tell")
    return Message(data={TEXT: example.text, INTENT: intent, METADATA: {EXAMPLE: labels}})
