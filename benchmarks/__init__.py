"""Speed and quality, beside peers in the same run. Not tests: nothing here passes or fails a build."""
