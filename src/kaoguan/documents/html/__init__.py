"""Web pages and EPUB books: their blocks, without the parts that belong to the site."""
