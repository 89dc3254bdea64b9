"""What is there for whoever has its address."""
