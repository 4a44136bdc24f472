"""Every measurement in one run, one after another: `make bench`, or `python -m bench [NAME…]`.

Each is a program of its own and tells its aims itself; what one cannot have (a tool that is not installed) it
says, and the others go on. What they print is read by people; docs/benchmarks.md keeps it with the machine
and the date.
"""

import argparse
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime

PROGRAMS = {
    "cold_start": [],
    "plan_reading": [],
    "review_precision": [],
    "review_cycles": [],
    "compiling": [],
    "rendering": [],
    "archiving": [],
    "letters": [],
    "city_close": [],
    "orchestration": [],
    "workers": [],
    "growth": ["--units", "45", "180"],
    "portal": ["--seconds", "30"],
    "secrecy": [],
}


def main() -> int:
    """Run those that are named, or all; 1 where any of them failed."""
    parser = argparse.ArgumentParser(description="Every measurement in one run.")
    parser.add_argument("names", nargs="*", default=[], metavar="NAME")
    names = parser.parse_args().names or list(PROGRAMS)
    today, version = datetime.now(UTC).date(), platform.python_version()
    print(f"{today}, {platform.platform()}, Python {version}, {os.cpu_count()} cores")
    print(f"load before: {os.getloadavg()[0]:.1f}")
    failed = []
    for name in names:
        print(f"\n== {name} ==", flush=True)
        if subprocess.run([sys.executable, "-m", f"bench.{name}", *PROGRAMS[name]]).returncode:
            failed.append(name)
    if failed:
        print(f"\nfailed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
