"""Reads lines `A B` and prints `<`, `=` or `>` as rpm orders the two versions. Needs python3-rpm.

Asks rpm twice: labelCompare over the parts, and rpm.ver, which splits the text itself (rpm 4.16 or newer).
"""

import re
import sys

import rpm


def parts(evr):
    epoch, rest = re.fullmatch(r"(?:([0-9]*):)?(.*)", evr).groups()
    version, hyphen, release = rest.rpartition("-")
    if not hyphen:
        version, release = rest, None
    return (epoch or "0", version, release)


for line in sys.stdin:
    a, b = line.rstrip("\n").split(" ")
    order = rpm.labelCompare(parts(a), parts(b))
    if hasattr(rpm, "ver"):
        left, right = rpm.ver(a), rpm.ver(b)
        whole = (left > right) - (left < right)
        if whole != order:
            sys.exit(f"rpm disagrees with itself on {a} {b}: labelCompare {order}, rpm.ver {whole}")
    print("<" if order < 0 else ">" if order > 0 else "=")
