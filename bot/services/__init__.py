"""The use cases: each takes a session and the time, and leaves the commit to the runner."""
