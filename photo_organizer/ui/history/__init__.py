"""The list of what was done, where each thing can be taken back."""
