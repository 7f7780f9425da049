"""What is not code: categories, thresholds, sentences, icons, style, translations."""
