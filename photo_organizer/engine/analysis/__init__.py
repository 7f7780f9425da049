"""Looks at photos: walks, decodes, measures, embeds and stores what is new, then has it judged."""
