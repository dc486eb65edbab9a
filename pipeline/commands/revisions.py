"""Which revision a command is about, and what its text looks like on a terminal."""

from __future__ import annotations

import click

from pipeline.published import NothingPublished, Revision, find_revision
from pipeline.storage import StorageError, location


def chosen(output: str, wanted: str | None) -> Revision:
    """Return the revision that the options name; end the program with status 2 if there is none."""
    try:
        return find_revision(location(output), wanted)
    except (NothingPublished, StorageError) as error:
        raise click.UsageError(str(error)) from error
