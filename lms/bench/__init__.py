"""`make bench`: what the product costs, measured on this machine with its own servers and a scratch database."""
