"""Speed and memory of Quả Cân beside its peers, as ratios found in one run: `python -m benchmarks`."""
