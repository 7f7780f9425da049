"""The vocabulary: photos, facts, results, decisions, preferences. Knows no file and no pixel."""
