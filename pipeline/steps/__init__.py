"""The way of the data between files: each step reads shards, maps a stage over them, writes shards."""
