"""How much memory a process has held at most."""

from pathlib import Path


def peak_bytes() -> int:
    """The most memory that this process has held since it began its program, in bytes; on Linux.

    Not ``getrusage``: its ``ru_maxrss`` goes over from the process that started this one, and is that one's peak where
    it was larger.
    """
    lines = Path("/proc/self/status").read_text().splitlines()
    kilobytes = next(line.split()[1] for line in lines if line.startswith("VmHWM:"))
    return 1024 * int(kilobytes)
