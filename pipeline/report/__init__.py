"""Scores to JSON that holds the contract."""
