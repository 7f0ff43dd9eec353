#!/usr/bin/env python3
"""Streams to a server, a broker and a folder that misbehave, and compares the ledger with what they really got.

  stream_faults.py VIGIE      exits 1 with the list of what is wrong; the broker's part is skipped, and said, without Mosquitto
"""
import contextlib
import http.server
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

HTTP_SOURCES = ("marseille_police_logbook", "marseille_tows", "marseille_fire_interventions")
TYPES = {"marseille_police_logbook": {"application/x-ndjson"}, "marseille_tows": {"application/json"},
         "marseille_fire_interventions": {"text/csv; charset=utf-8", "application/geo+json"}}
wrong = []


def check(condition, what):
    if not condition:
        wrong.append(what)
        print("WRONG:", what)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Inbox:
    """A server that keeps what it acknowledges, and does wrong in the ways that it is told to."""

    def __init__(self, port, behave=lambda handler, key: "keep"):
        self.kept, self.bodies, self.answered, self.strange = {}, {}, {}, []
        inbox = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                source = self.path.rsplit("/", 1)[-1]
                key = self.headers["Idempotency-Key"]
                if (self.path != f"/api/v1/ingest/{source}" or source not in HTTP_SOURCES or self.headers["Content-Type"] not in TYPES[source]
                        or self.headers["Authorization"] != f"Bearer secret-{source}"):
                    inbox.strange.append((self.path, dict(self.headers)))
                if inbox.bodies.setdefault(key, body) != body:
                    inbox.strange.append(("other bytes under the same key", key))
                what = behave(inbox, key)
                inbox.answered.setdefault(key, []).append(what)
                if what in ("keep", "keep, say nothing"):
                    inbox.kept[key] = (source, body)
                if what in ("keep, say nothing", "say nothing"):
                    self.close_connection = True
                    with contextlib.suppress(OSError):
                        self.connection.shutdown(socket.SHUT_RDWR)
                    return
                status = {"keep": 202, "busy": 503, "slow down": 429, "refuse": 403}[what]
                answer = json.dumps({"receipt": "r-" + key} if status == 202 else {"title": what}).encode()
                self.send_response(status)
                if status in (429, 503):
                    self.send_header("Retry-After", "1")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        http.server.ThreadingHTTPServer.allow_reuse_address = True
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def ids(self):
        """Ids of all records that were kept."""
        found = set()
        for source, body in self.kept.values():
            if source == "marseille_police_logbook":
                found.update(json.loads(line)["id"] for line in body.decode().splitlines())
            elif source == "marseille_tows":
                found.add(json.loads(body)["id"])
            elif body.startswith(b"{"):
                found.update(feature["properties"]["id"] for feature in json.loads(body)["features"])
            else:
                found.update(line.split(",")[0] for line in body.decode().splitlines()[1:])
        return found

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class Stream:
    def __init__(self, vigie, folder, *arguments):
        self.folder = pathlib.Path(folder)
        tokens = self.folder / "tokens"
        tokens.write_text("# jetons\n" + "".join(f'{source} = "secret-{source}"\n' for source in HTTP_SOURCES) + "marseille_resident_reports = x\n")
        self.process = subprocess.Popen([vigie, "stream", "--json", "--ledger", str(self.folder / "ledger"), "--truth", str(self.folder / "truth"),
                                         "--tokens", str(tokens), *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def end(self, timeout=120):
        out, err = self.process.communicate(timeout=timeout)
        check(self.process.returncode == 0, f"exit {self.process.returncode}: {err}")
        self.summary = json.loads(out) if out else {}
        self.ledger, self.apart, self.truth = ([json.loads(line) for line in (self.folder / name).read_text("utf-8").splitlines()]
                                               for name in ("ledger", "ledger.apart", "truth"))
        s = self.summary
        check(s["sent"] == s["acknowledged"] + s["refused"] + s["waiting"], f"what was sent is accounted for: {s}")
        check(len(self.truth) == s["sent"] and len(self.ledger) == s["acknowledged"], "one line a record")
        check(len(self.apart) == s["refused"] + s["waiting"], "the others apart")
        return self


def fresh(top, name):
    folder = pathlib.Path(top) / name
    folder.mkdir()
    return folder


def quiet_http(vigie, top):
    """Nothing goes wrong: everything is acknowledged, once, with its receipt."""
    port = free_port()
    inbox = Inbox(port)
    stream = Stream(vigie, fresh(top, "quiet"), "--url", f"http://127.0.0.1:{port}/", "--seed", "1", "--rate", "300", "--minutes", "0.07",
                    "--sources", "logbook,tows,fire").end()
    check(stream.summary["sent"] > 800 and stream.summary["acknowledged"] == stream.summary["sent"], f"all acknowledged: {stream.summary}")
    check({line["id"] for line in stream.ledger} == inbox.ids() and not inbox.strange, f"the ledger is what was kept {inbox.strange[:1]}")
    check(all(line["receipt"] == "r-" + line["key"] and line["channel"] == "http" for line in stream.ledger), "receipts")
    check(len({line["id"] for line in stream.truth}) == len(stream.truth), "ids are unique")
    check(any(line["planted"] for line in stream.truth), "the truth lists what was planted")
    inbox.stop()


def rough_http(vigie, top):
    """Busy, silent, dead and refusing by turns: what is acknowledged was kept, what was refused stands apart, nothing is sent under another key."""
    port = free_port()
    chance = random.Random(5)

    def behave(inbox, key):
        if int(key.split("-")[-2]) % 17 == 5:
            return "refuse"
        return chance.choices(["keep", "busy", "slow down", "keep, say nothing", "say nothing"], [60, 5, 5, 15, 15])[0]

    inbox = Inbox(port, behave)
    stream = Stream(vigie, fresh(top, "rough"), "--url", f"http://127.0.0.1:{port}", "--seed", "2", "--rate", "200", "--minutes", "0.1",
                    "--sources", "logbook,tows,fire", "--connections", "8", "--repeat", "0.1", "--settle", "60")
    time.sleep(2)
    inbox.stop()  # the server goes, and comes back on the same port with nothing forgotten
    time.sleep(1.5)
    again = Inbox(port, behave)
    again.kept, again.bodies, again.answered = inbox.kept, inbox.bodies, inbox.answered
    stream.end()
    acknowledged = {line["id"] for line in stream.ledger}
    check(acknowledged <= again.ids(), "something acknowledged was never kept")
    check(not again.strange and not inbox.strange, f"strange requests: {(again.strange + inbox.strange)[:1]}")
    check(stream.summary["waiting"] == 0 and stream.summary["refused"] > 0, f"all tried until an answer: {stream.summary}")
    check({(line["state"], line.get("status")) for line in stream.apart} == {("refused", 403)}, "refusals say their status")
    check(all(attempts.count("refuse") <= 2 for attempts in again.answered.values()), "a refusal is not tried again")
    check(any(len(attempts) > 2 for attempts in again.answered.values()), "the test went wrong enough")
    check(stream.summary["repeats"] > 0, "repeats were asked for")
    again.stop()


def absent_server(vigie, top):
    """Nobody answers: nothing is acknowledged, and the end comes when it is asked for."""
    stream = Stream(vigie, fresh(top, "absent"), "--url", f"http://127.0.0.1:{free_port()}", "--seed", "3", "--rate", "5000", "--sources", "logbook",
                    "--settle", "0.5")
    time.sleep(3)
    stream.process.send_signal(signal.SIGINT)
    begun = time.monotonic()
    stream.end()
    check(time.monotonic() - begun < 5, "it stops when asked")
    check(stream.summary["acknowledged"] == 0 and stream.summary["waiting"] > 0, f"nothing is acknowledged: {stream.summary}")
    check(stream.summary["sent"] < 40_000, "what waits is bounded")


def folder(vigie, top):
    """Files come whole under their names; what is taken is acknowledged, and what stays is not."""
    home = fresh(top, "folder")
    drop = home / "drop"
    taken, seen_part, done = [], [], threading.Event()

    def take():
        while not done.is_set():
            for path in sorted(drop.glob("marseille_tickets/*")):
                if path.name.startswith("."):
                    seen_part.append(path.name)
                    continue
                lines = path.read_bytes().decode("cp1252").split("\r\n")
                check(lines[0].startswith("id;horodatage;code;libelle;x_l93;y_l93") and lines[-1] == "", f"{path.name} is whole")
                taken.extend(line.split(";")[0] for line in lines[1:-1])
                path.unlink()
            time.sleep(0.02)

    taker = threading.Thread(target=take)
    taker.start()
    stream = Stream(vigie, home, "--drop", str(drop), "--seed", "4", "--rate", "300", "--minutes", "0.1", "--repeat", "0.2", "--fault", "new_column").end()
    done.set()
    taker.join()
    check(stream.summary["acknowledged"] == stream.summary["sent"] > 1000, f"all taken: {stream.summary}")
    check({line["id"] for line in stream.ledger} == set(taken), "the ledger is what was taken")
    check(stream.truth[0]["delivery_fault"] == "new_column" and stream.truth[0]["planted"], "the file with a column of names comes first")
    home = fresh(top, "folder_unwatched")
    stream = Stream(vigie, home, "--drop", str(home / "drop"), "--seed", "4", "--rate", "300", "--minutes", "0.05", "--settle", "0.3").end()
    check(stream.summary["acknowledged"] == 0 and stream.summary["waiting"] > 0, "what nobody took is not acknowledged")
    check(not list((home / "drop").rglob("*.part")), "no half file stays")


def broker(vigie, top):
    """The broker comes late, and goes once: every acknowledged message reaches a subscriber that holds a session."""
    if not shutil.which("mosquitto") or not shutil.which("mosquitto_sub"):
        print("SKIP: mosquitto and mosquitto_sub are not here; the MQTT part is not tested")
        return
    home = fresh(top, "broker")
    port = free_port()
    os.chmod(top, 0o755)
    config = home / "mosquitto.conf"
    config.write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\npersistence true\npersistence_location {home}/\nmax_queued_messages 0\n"
                      f"max_inflight_messages 0\nuser root\n")

    def start():
        process = subprocess.Popen(["mosquitto", "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                return process
            time.sleep(0.05)
        return process

    # No --drop and no --url: only what goes by MQTT is streamed.
    stream = Stream(vigie, home, "--mqtt", f"127.0.0.1:{port}", "--seed", "6", "--rate", "400", "--minutes", "0.15", "--fault", "face_id", "--settle", "30")
    time.sleep(1)
    process = start()
    output = (home / "received").open("w")
    subscriber = subprocess.Popen(["mosquitto_sub", "-p", str(port), "-h", "127.0.0.1", "-t", "vigie/#", "-q", "1", "-c", "-i", "reader", "-F", "%t %p"],
                                  stdout=output, stderr=subprocess.DEVNULL)
    # What was published before the subscription is nobody's: the broker must be known to it first.
    time.sleep(3)
    process.send_signal(signal.SIGTERM)
    process.wait()
    time.sleep(1)
    cut = time.time()
    process = start()
    stream.end()
    time.sleep(2)
    subscriber.terminate()
    subscriber.wait()
    process.terminate()
    process.wait()
    received = {}
    for line in (home / "received").read_text("utf-8").splitlines():
        topic, _, payload = line.partition(" ")
        received[json.loads(payload)["id"]] = topic
    check(stream.summary["waiting"] == 0 and stream.summary["acknowledged"] == stream.summary["sent"] > 1500, f"all acknowledged: {stream.summary}")
    after = [line for line in stream.ledger if line["at"] > time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(cut + 1))]
    check(len(after) > 100, "the stream went on after the broker came back")
    missing = [line["id"] for line in stream.ledger if line["id"] not in received]
    early = sum(1 for line in stream.ledger if line["id"] in missing and line["at"] < time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(cut - 3)))
    check(len(missing) == early, f"{len(missing) - early} acknowledged messages never came")
    check(all("/measure/laeq" in topic or "/event/" in topic for topic in received.values()), "topics")
    check(stream.truth[0]["delivery_fault"] == "face_id", "the message with a face comes first")


def usage(vigie, top):
    """What can not work is said, in one line, before anything is sent."""
    home = fresh(top, "usage")
    (home / "tokens").write_text("marseille_tows = jeton\n")
    (home / "bad").write_text("marseille_tows\n")
    for arguments, code in ((["--seed", "1"], 1), (["--seed", "1", "--url", "https://x", "--tokens", str(home / "tokens")], 1),
                            (["--seed", "1", "--url", "http://x", "--tokens", str(home / "tokens")], 1),
                            (["--seed", "1", "--url", "http://x", "--tokens", str(home / "bad")], 1),
                            (["--seed", "1", "--url", "http://x"], 2), (["--drop", str(home)], 2),
                            (["--seed", "1", "--drop", str(home), "--sources", "logbook"], 1), (["--seed", "1", "--drop", str(home), "--sources", "parking"], 1),
                            (["--seed", "1", "--mqtt", "x:99999"], 1), (["--seed", "1", "--drop", str(home), "--fault", "nose"], 2),
                            (["--seed", "1", "--drop", str(home), "--minutes", "0.01", "--ledger", str(home / "no/where")], 1)):
        done = subprocess.run([vigie, "stream", *arguments], capture_output=True, text=True, timeout=60)
        check(done.returncode == code and (done.stderr or done.stdout), f"{arguments}: exit {done.returncode}, expected {code}: {done.stderr}")
        check("jeton" not in done.stderr.replace("source = jeton", "").replace("= jeton est", ""), "a token is never shown")


def main():
    vigie = sys.argv[1]
    wanted = sys.argv[2:]
    with tempfile.TemporaryDirectory(prefix="vigie_stream_") as top:
        for part in (usage, quiet_http, rough_http, absent_server, folder, broker):
            if not wanted or part.__name__ in wanted:
                begun = time.monotonic()
                part(vigie, top)
                print(f"{part.__name__}: {time.monotonic() - begun:.1f} s")
    print(f"{len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
