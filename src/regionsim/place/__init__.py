"""Where: counties, census, network, land and economy of the base year; typed, checked on loading, read only."""
