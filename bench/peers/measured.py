"""measured.py RECORD COMMAND …: runs a command; wall and processor seconds (children included) and peak memory go to RECORD."""
import json
import os
import subprocess
import sys
import time

record, command = sys.argv[1], sys.argv[2:]
started = time.perf_counter()
child = subprocess.Popen(command)
_, status, used = os.wait4(child.pid, 0)
with open(record, "w", encoding="utf-8") as file:
    # Linux tells the peak in kB, of the largest process.
    json.dump(
        {
            "seconds": time.perf_counter() - started,
            "cpu": used.ru_utime + used.ru_stime,
            "peak": used.ru_maxrss / 1024,
        },
        file,
    )
sys.exit(os.waitstatus_to_exitcode(status))
