"""What happens next, decided by pure functions from the turns and grades so far."""
