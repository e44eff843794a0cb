"""A person at the other end: a terminal or a pipe, commands, and the talk between the two."""
