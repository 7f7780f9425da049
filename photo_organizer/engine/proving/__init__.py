"""Whether a CLIP model works here, and by which numbers it is judged: found out, not assumed."""
