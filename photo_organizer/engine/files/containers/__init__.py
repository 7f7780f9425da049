"""What lies in the containers of picture formats beside the picture itself, read from the bytes.

Every reader is bounded in time and memory, and none ever raises for damaged files: what cannot be
read is said to be there.
"""
