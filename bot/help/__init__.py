"""From what was said to how much help is offered. Never a label on the young person."""
