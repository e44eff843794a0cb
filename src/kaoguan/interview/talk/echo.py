"""Typing ahead: keys pressed while the interviewer speaks belong to the next prompt."""

import termios
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


@contextmanager
def without_echo(terminal: TextIO) -> Iterator[None]:
    """Keep what is typed between two prompts for the next one; else it would show amid the interviewer's words."""
    descriptor = terminal.fileno()
    before = termios.tcgetattr(descriptor)
    quiet = termios.tcgetattr(descriptor)
    quiet[0] &= ~termios.ICRNL  # Enter stays Enter: the prompt tells it from the line feeds of a paste
    quiet[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(descriptor, termios.TCSADRAIN, quiet)
    try:
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
