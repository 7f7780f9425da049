"""The vocabulary: photos, facts, results, decisions, preferences. No photo file and no pixel."""
