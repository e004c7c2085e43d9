"""The library: one index over everything that whoever reads curriculum may find, and what they saved of it."""
