"""Lessons drafted outside: a Word document becomes a draft page, a presentation or PDF a document on one."""
