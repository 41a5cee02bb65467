"""Article in, deployments out: what moved, how many, whose, from where, to where, and who says so."""
