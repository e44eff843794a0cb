"""Which questions a document answers, and which of its lines answer them."""
