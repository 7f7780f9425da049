"""Faces in pixels: found and measured by three small networks that come with the program."""
