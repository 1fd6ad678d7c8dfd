"""`python -m huiyin` is the command `huiyin`."""

import sys

from huiyin.cli import main

sys.exit(main())
