"""`python -m benchmarks [people ...]`: everything, each scale in a process of its own so that memory is its own."""

import subprocess
import sys

PARTS = ("linking", "comparing", "store", "validation")


def main():
    scales = [int(word) for word in sys.argv[1:]] or [10_000, 100_000, 1_000_000]
    for part in PARTS:
        subprocess.run([sys.executable, "-m", f"benchmarks.{part}"], check=True)
    for people in scales:
        subprocess.run([sys.executable, "-m", "benchmarks.scale", str(people)], check=True)
    subprocess.run([sys.executable, "-m", "benchmarks.everything"], check=True)


if __name__ == "__main__":
    main()
