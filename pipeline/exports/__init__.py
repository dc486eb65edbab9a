"""Findings in the formats of others, from a published night: drafts and rows, never published by themselves."""
