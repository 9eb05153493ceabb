"""`python -m regionsim.cli` is the command `regionsim`."""

from regionsim.cli import main

main(prog_name="regionsim")
