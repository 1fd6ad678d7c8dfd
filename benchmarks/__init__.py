"""What Huiyin costs on this machine, each beside a hand-written equivalent of the same run (`make bench`).

Not shipped and never asserted in tests. Each part runs in a process of its own, in a home of its own, and prints
one JSON; `__main__.py` runs them in order and `page.py` writes docs/benchmarks.md.
"""
