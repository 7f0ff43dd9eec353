#!/usr/bin/env python3
"""core_dump.py VIGIE: a server that dies of SIGSEGV leaves no picture of its memory, even where the machine asks for one."""
import os
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile
import time


def main():
    vigie = os.path.abspath(sys.argv[1])
    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    with tempfile.TemporaryDirectory(prefix="vigie_core_") as name:
        folder = pathlib.Path(name)
        (folder / "password").write_text("phare-du-planier-1234\n")
        env = {**os.environ, "VIGIE_KEYS": str(folder / "keys")}
        subprocess.run([vigie, "init", "--data", folder / "data", "--account", "essai", "--password-file", folder / "password"], env=env, check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        def allow_cores():
            resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))

        server = subprocess.Popen([vigie, "serve", "--data", folder / "data", "--port", "0", "--quiet"], env=env, cwd=folder, preexec_fn=allow_cores,
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert "http" in server.stdout.readline()
        limits = pathlib.Path(f"/proc/{server.pid}/limits").read_text()
        line = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
        assert line.split()[4:6] == ["0", "0"], line
        # Not dumpable: its memory belongs to root, whoever runs it.
        assert os.stat(f"/proc/{server.pid}/mem").st_uid == 0
        server.send_signal(signal.SIGSEGV)
        assert server.wait(timeout=20) == -signal.SIGSEGV
        time.sleep(0.2)
        left = [path.name for path in folder.rglob("*core*") if path.is_file()]
        assert left == [], left
    print("no core: limit 0, not dumpable, nothing left by a SIGSEGV")
    return 0


if __name__ == "__main__":
    sys.exit(main())
