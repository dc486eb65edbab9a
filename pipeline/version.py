"""The versions: of the program, read by the build, the fingerprint and the reports, and of the files' shapes."""

VERSION = "0.1.0"
SCHEMA_VERSION = "1.0"  # within a major version fields are added, never removed or given another meaning
