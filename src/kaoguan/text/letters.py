"""What is left of a text when spaces, punctuation and signs are gone: by it texts are the same however they are set."""


def letters(text: str) -> str:
    """Return the letters and digits of a text, in the case and form that they have."""
    return "".join(filter(str.isalnum, text))
