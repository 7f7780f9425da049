"""The vocabulary: photos, facts, results, decisions, thresholds. Knows no file and no pixel."""
