"""studybot: runs a study group inside its chat channel."""

__version__ = "0.1.0"
