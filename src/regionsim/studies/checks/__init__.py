"""What must hold in every run, in extremes and between two runs, as YAML: read and judged here, in tests too."""
