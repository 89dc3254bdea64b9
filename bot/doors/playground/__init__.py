"""The study group in a browser, on loopback."""
