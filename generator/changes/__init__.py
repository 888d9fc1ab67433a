"""Changes between two contracts: what they are, whom they break, and what a version must say of them."""
