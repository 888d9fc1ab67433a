"""What others wrote, copied."""
