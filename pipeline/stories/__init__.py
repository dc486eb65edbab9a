"""Articles to stories (one event) and origins (independence)."""
