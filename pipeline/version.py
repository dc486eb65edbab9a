"""The version, read by the build, the fingerprint and the reports."""

VERSION = "0.1.0"
