"""Photos that show the same thing: compared in pairs, grouped, and which one to keep."""
