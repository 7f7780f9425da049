"""What is open, marked, judged and running; views read it and listen to it."""
