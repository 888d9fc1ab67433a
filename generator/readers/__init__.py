"""Each module reads one kind of witness into a Contract, and nothing else."""
