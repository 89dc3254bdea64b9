"""How fast studybot is, each figure beside a bare baseline of the same run: `make bench`."""
