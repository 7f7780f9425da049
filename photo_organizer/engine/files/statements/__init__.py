"""What the metadata of a file says about its photo, each statement once, however it is written."""
