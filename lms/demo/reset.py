"""`make reset`: end what runs in this checkout's var folder, and remove its data."""

import sys

from lms.demo.lock import Unable, alone, end_running
from lms.demo.run import remove_data, var_folder
from lms.embedded import EmbeddedError


def main() -> int:
    """Begin afresh; returns the exit status."""
    var = var_folder()
    if not var.is_dir():
        return 0
    try:
        end_running(var)
        with alone(var):
            remove_data(var)
    except (EmbeddedError, Unable) as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    print("Removed the demo's data. `make demo` begins afresh.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
