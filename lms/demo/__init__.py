"""The demo: `make demo`, the network that it shows, and the mail it would have sent."""
