"""Rasa as an inner engine: reachable from loopback only, and without a memory of its own.

All that a conversation needs travels with each turn (`facts`, kept by the
gateway), so a killed or restarted engine loses nothing and nothing that a young
person wrote is stored here.
"""
