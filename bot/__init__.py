"""Ungveiviser: one door in to help for young people in Norway."""
