"""The demo album, made on the spot."""
