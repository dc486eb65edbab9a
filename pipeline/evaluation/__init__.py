"""Calibration without labels: known fabrications and equal forms planted into a dump's own stories."""
