"""Attribution: what each measure of a scenario contributes to its results, and what measures do to one another."""
