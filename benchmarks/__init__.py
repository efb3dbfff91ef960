"""What is measured on real material, each a module to be run: `make bench` runs them."""
