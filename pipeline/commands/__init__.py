"""The subcommands of `twosource`, one a room: each reads its options, calls the stages, and prints."""
