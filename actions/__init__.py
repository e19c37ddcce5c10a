"""Rasa's custom actions. Thin: they read the turn, call bot.dialogue, and speak once."""
