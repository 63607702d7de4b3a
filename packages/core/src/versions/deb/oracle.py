"""Reads lines `A B` and prints `<`, `=` or `>` as apt orders the two versions. Needs python3-apt."""

import sys

import apt_pkg

apt_pkg.init_system()

for line in sys.stdin:
    a, b = line.rstrip("\n").split(" ")
    order = apt_pkg.version_compare(a, b)
    print("<" if order < 0 else ">" if order > 0 else "=")
