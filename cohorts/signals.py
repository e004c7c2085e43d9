"""What happened, announced inside the transaction in which it happened, within the practice where that applies.

Receivers must be quick and may write: they share the transaction. Every signal's sender is None.
"""

from django.dispatch import Signal

module_completed = Signal()  # enrollment, requirement, completion
session_moved = Signal()  # cohort_session: another time, mode or place; sent on the network
session_cancelled = Signal()  # cohort_session; sent on the network, once
session_ended = Signal()  # cohort_session; sent on the network, once
year_completed = Signal()  # enrollment, year_completion
year_withdrawn = Signal()  # enrollment, year_completion: a corrected fact undid it
enrolled = Signal()  # enrollment
