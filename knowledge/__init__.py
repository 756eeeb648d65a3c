"""What it knows: the content, how a question finds it, and what is answered."""
