"""The view of what did not work, file by file."""
