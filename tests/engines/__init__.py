import io


def refuse_stdin() -> io.BytesIO:
    """Return a standard input that must not be read."""
    stream = io.BytesIO()
    stream.close()
    return stream
