#!/usr/bin/env python3
"""live_kill.py VIGIE [KILLS [RATE]]: kill -9 of the server at random moments while six kinds of messages come over HTTP, MQTT and
files, against the ledger of what was acknowledged to their sender.

The ledger (vigie stream --ledger) and the truth (--truth) are written by the sender, which shares no code with the door. At the end:
every record that was acknowledged and is a fact is stored, none is stored twice, and nothing else is.

    acknowledged facts <= stored facts <= acknowledged facts + facts without an answer      (by source)

Environment: VIGIE_KILLS overrides KILLS. Exit 77: Mosquitto is not there.
"""
import collections
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = {"logbook": "police_logbook", "tickets": "tickets", "tows": "tows", "fire": "fire_interventions", "noise": "noise_alerts",
           "camera": "camera_events"}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Scene:
    """A folder, a broker and a server that is killed and started again on the same port."""

    def __init__(self, vigie, folder):
        self.vigie, self.folder = vigie, folder
        self.data = folder / "data"
        self.port, mqtt_port = free_port(), free_port()
        self.env = {**os.environ, "VIGIE_KEYS": str(folder / "keys")}
        (folder / "drop").mkdir()
        (folder / "password").write_text("phare-du-planier-1234\n")
        (folder / "mosquitto.conf").write_text(f"listener {mqtt_port} 127.0.0.1\nallow_anonymous true\npersistence false\nmax_queued_messages 0\n")
        (folder / "serve.toml").write_text(f'[inbox]\ndrop_folder = "{folder}/drop"\n[mqtt]\nhost = "127.0.0.1"\nport = {mqtt_port}\nclient_id = "kill"\n')
        self.mqtt = f"127.0.0.1:{mqtt_port}"
        self.broker = subprocess.Popen([broker_path(), "-c", str(folder / "mosquitto.conf")], stderr=subprocess.DEVNULL)
        self.run("init", "--synthetic", "--account", "essai", "--password-file", folder / "password")
        self.run("source", "add", *sorted((ROOT / "config/live").glob("*.toml")))
        tokens = [f"marseille_{key} = {self.run('source', 'token', f'marseille_{key}').strip()}" for key in SOURCES.values()]
        (folder / "tokens").write_text("\n".join(tokens) + "\n")
        (folder / "tokens").chmod(0o600)

    def run(self, *words):
        split = 2 if words[0] == "source" else 1
        command = [self.vigie, *words[:split], "--data", self.data, *words[split:]]
        return subprocess.run([str(word) for word in command], env=self.env, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout

    def serve(self):
        with open(self.folder / "log", "a") as log:
            self.server = subprocess.Popen([self.vigie, "serve", "--data", str(self.data), "--config", str(self.folder / "serve.toml"), "--port",
                                            str(self.port), "--quiet"], env=self.env, stdout=subprocess.DEVNULL, stderr=log)

    def kill(self):
        self.server.send_signal(signal.SIGKILL)
        self.server.wait()

    def stream(self, rate):
        with open(self.folder / "stream.log", "w") as log:
            return subprocess.Popen([self.vigie, "stream", "--seed", "7", "--url", f"http://127.0.0.1:{self.port}", "--tokens", self.folder / "tokens", "--mqtt",
                                     self.mqtt, "--drop", self.folder / "drop", "--rate", str(rate), "--repeat", "0.05", "--late", "0.1", "--settle", "60",
                                     "--ledger", self.folder / "ledger", "--truth", self.folder / "truth", "--json"],
                                    env=self.env, stdout=subprocess.PIPE, stderr=log, text=True)

    def read(self):
        """Records that the door has judged so far."""
        metadata = sqlite3.connect(f"file:{self.data}/metadata.sqlite?mode=ro", uri=True, timeout=10)
        try:
            return metadata.execute("SELECT coalesce(sum(read), 0) FROM imports WHERE live_day IS NOT NULL").fetchone()[0]
        finally:
            metadata.close()

    def wait_until_drained(self):
        last, since = -1, time.monotonic()
        while time.monotonic() - since < 4:
            now = self.read()
            if now != last:
                last, since = now, time.monotonic()
            time.sleep(0.25)

    def stored(self):
        answer = json.loads(self.run("query", "counts", "--by", "source", "--json"))
        return {row[0]: row[-1] for row in answer["rows"]}


def broker_path():
    return shutil.which("mosquitto") or ("/usr/sbin/mosquitto" if os.path.exists("/usr/sbin/mosquitto") else None)


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def judge(scene, stored):
    """Compares the store with what was acknowledged; returns the faults found."""
    fact = {}
    for record in lines(scene.folder / "truth"):
        fact[record["source"], record["id"]] = record["fault"] in ("none", "no_category", "unknown_code") and record["category"] != ""
    acknowledged = {(line["source"], line["id"]) for line in lines(scene.folder / "ledger")}
    open_ended = {(line["source"], line["id"]) for line in lines(scene.folder / "ledger.apart")} - acknowledged
    least, most = collections.Counter(), collections.Counter()
    for key in acknowledged:
        least[key[0]] += fact[key]
        most[key[0]] += fact[key]
    for key in open_ended:
        most[key[0]] += fact[key]
    faults, total = [], collections.Counter()
    for source in sorted(set(least) | set(stored)):
        n = stored.get(source, 0)
        total.update(acknowledged=least[source], stored=n, lost=max(0, least[source] - n), twice=max(0, n - most[source]))
        if not least[source] <= n <= most[source]:
            faults.append(f"{source}: {n} stored, {least[source]} to {most[source]} expected")
    print(f"acknowledged records {len(acknowledged)}, facts among them {total['acknowledged']}, stored {total['stored']}, "
          f"without an answer {len(open_ended)}, acknowledged and lost {total['lost']}, stored twice or from nowhere {total['twice']}")
    return faults


def main():
    vigie = os.path.abspath(sys.argv[1])
    kills = int(os.environ.get("VIGIE_KILLS") or (sys.argv[2] if len(sys.argv) > 2 else 5))
    rate = float(sys.argv[3]) if len(sys.argv) > 3 else 2000.0
    if broker_path() is None:
        print("SKIP: mosquitto not found")
        return 77
    chance = random.Random(11)
    with tempfile.TemporaryDirectory(prefix="vigie_live_kill_") as name:
        scene = Scene(vigie, pathlib.Path(name))
        scene.serve()
        time.sleep(1)
        stream = scene.stream(rate)
        try:
            for _ in range(kills):
                time.sleep(chance.uniform(0.1, 1.6))
                scene.kill()
                scene.serve()
            time.sleep(1)
            stream.send_signal(signal.SIGINT)
            said, _ = stream.communicate(timeout=300)
            scene.wait_until_drained()
            faults = judge(scene, scene.stored())
            summary = json.loads(said)
            print(f"{kills} kills at {rate:.0f} records/s asked: {summary['sent']} sent in {summary['seconds']:.1f} s")
            for fault in faults:
                print("FAULT", fault)
            return 1 if faults else 0
        finally:
            for process in (stream, scene.server, scene.broker):
                process.kill()
                process.wait()


if __name__ == "__main__":
    sys.exit(main())
