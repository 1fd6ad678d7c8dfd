"""The annual circular (通报) as a Word file: text composed from figures, every printed number marked."""

from huiyin.reporting.circular.controls import numbers_of, tag_of
from huiyin.reporting.circular.document import circular_of, frozen_circular_of, write_circular
from huiyin.reporting.circular.head import Head

__all__ = ["Head", "circular_of", "frozen_circular_of", "numbers_of", "tag_of", "write_circular"]
