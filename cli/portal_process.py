"""The portal as a process of its own, as `arshjul serve` keeps it: `python -m cli.portal_process CONFIG`."""

import sys
from pathlib import Path

from cli.main import main
from tasks.parent import end_with_parent

if __name__ == "__main__":
    sys.argv = ["arshjul", "portal", "--config", str(Path(sys.argv[1]))]
    end_with_parent()
    main()
