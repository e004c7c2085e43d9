"""What happened to the curriculum, announced inside the transaction in which it happened, on the network.

Receivers must be quick and may write: they share the transaction. Every signal's sender is None.
"""

from django.dispatch import Signal

lesson_changed = Signal()  # change: a SubstantialChange; once for each published revision
