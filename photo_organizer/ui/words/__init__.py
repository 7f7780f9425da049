"""What things are called: names, counts and sentences, in the language of the window."""
