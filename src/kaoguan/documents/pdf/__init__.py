"""PDF: characters and where they stand become lines, and lines become paragraphs."""
