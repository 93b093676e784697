"""What a trained network has learned: its answers, how good they are, and beside what."""
