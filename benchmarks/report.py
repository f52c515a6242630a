"""One line per measurement."""

import resource
import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """What was measured, the number with its unit, and the bound or peer it stands beside."""

    name: str
    value: str
    beside: str = ""


def show(title, lines):
    print(f"\n{title}")
    for line in lines:
        print(f"  {line.name:<58}{line.value:>16}   {line.beside}")
    sys.stdout.flush()


def peak_gib():
    """The most memory this process ever held, GiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
