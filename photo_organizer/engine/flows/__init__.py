"""The four flows as they are usually written down, without the refinements of the program."""
