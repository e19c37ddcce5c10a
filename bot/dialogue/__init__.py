"""What to say next: pure functions from facts to the next step. Rasa's actions call them."""
