"""Claims to findings: which pairs, same thing, same value, who stands where."""
