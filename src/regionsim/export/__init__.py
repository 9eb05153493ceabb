"""What others read the model by: pages made from the running code, the figures of the place and a run."""
