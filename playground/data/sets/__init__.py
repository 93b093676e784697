"""The datasets: where the rows of each come from."""
