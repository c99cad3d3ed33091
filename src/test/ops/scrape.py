"""Starts the packed jar and a Prometheus that scrapes it, and asks for the data of every alert and every panel.

Fails if promtool finds a fault in the names or units of a metric, if an alert uses a series that the program does not
have, or if a query of the Grafana dashboard returns nothing.
"""
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

JAR = os.path.abspath("target/bybit-live-connector.jar")
DEADLINE = time.monotonic() + 180
# Words of PromQL that look like names of series.
LABEL_LISTS = re.compile(r"\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)|\{[^}]*\}|\[[^\]]*\]")
SERIES = re.compile(r"\b(?:livefeed|jvm|process|system)_[a-z0-9_]+|\bup\b")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read().decode()


def until(what, condition):
    """Waits for a condition, at most until the deadline of the whole script."""
    while time.monotonic() < DEADLINE:
        try:
            found = condition()
            if found:
                return found
        except (urllib.error.URLError, ConnectionError, json.JSONDecodeError):
            pass
        time.sleep(0.2)
    raise SystemExit(f"error: no {what}")


def query(base, expression):
    answer = json.loads(get(f"{base}/api/v1/query?" + urllib.parse.urlencode({"query": expression})))
    if answer["status"] != "success":
        raise SystemExit(f"error: {expression}: {answer}")
    return answer["data"]["result"]


def series_of(expression):
    return set(SERIES.findall(LABEL_LISTS.sub(" ", expression)))


def panels():
    with open("ops/grafana/livefeed.json") as file:
        for panel in json.load(file)["panels"]:
            for target in panel.get("targets", []):
                yield panel["title"], target["expr"]


def check(folder, base, application):
    faults = []
    metrics = get(f"http://127.0.0.1:{application}/observe/metrics")
    lint = subprocess.run(["promtool", "check", "metrics"], input=metrics, capture_output=True, text=True)
    faults += [f"promtool: {line}" for line in (lint.stdout + lint.stderr).splitlines()]

    # Two samples, since rate and increase need them.
    until("two scrapes", lambda: query(base, "count_over_time(livefeed_connected[1m])")[0]["value"][1] != "1")
    queries = 0
    for title, expression in panels():
        queries += 1
        asked = expression.replace("$__rate_interval", "1m").replace("$job", "livefeed").replace("$instance", ".*")
        if not query(base, asked):
            faults.append(f"panel {title!r} has no data: {asked}")

    rules = 0
    for group in json.loads(get(f"{base}/api/v1/rules"))["data"]["groups"]:
        for rule in group["rules"]:
            rules += 1
            for name in series_of(rule["query"]):
                if not query(base, f"count({name})"):
                    faults.append(f"alert {rule['name']} uses {name}, which the program does not have")
    if queries < 40 or rules < 15:
        faults.append(f"only {queries} queries of panels and {rules} alerts were found")
    firing = {alert["labels"]["alertname"] for alert in query(base, 'ALERTS{alertstate="firing"}') for alert in
              [{"labels": alert["metric"]}]}
    if firing - {"LivefeedSynthetic"}:
        faults.append(f"alerts of a healthy program: {sorted(firing)}")
    print(f"{queries} queries of panels and {rules} alerts; {metrics.count(chr(10))} lines of metrics")
    return faults


def main():
    application, server = free_port(), free_port()
    processes = []
    with tempfile.TemporaryDirectory() as folder:
        config = {
            "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
            "rule_files": [os.path.abspath("ops/prometheus/alerts.yml")],
            "scrape_configs": [{"job_name": "livefeed", "metrics_path": "/observe/metrics",
                                "static_configs": [{"targets": [f"127.0.0.1:{application}"]}]}],
        }
        with open(f"{folder}/prometheus.yml", "w") as file:
            json.dump(config, file)  # YAML contains JSON
        environment = dict(os.environ, HTTP_PORT=str(application), SINKS="file", SYMBOL="BTCUSDT,ETHUSDT")
        try:
            with open(f"{folder}/application.log", "w") as log:
                processes.append(subprocess.Popen(["java", "-jar", JAR], cwd=folder, env=environment, stderr=log))
            until("ready program", lambda: get(f"http://127.0.0.1:{application}/ready"))
            with open(f"{folder}/prometheus.log", "w") as log:
                processes.append(subprocess.Popen(
                    ["prometheus", f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/data",
                     f"--web.listen-address=127.0.0.1:{server}"], cwd=folder, stderr=log, stdout=log))
            base = f"http://127.0.0.1:{server}"
            until("series in Prometheus", lambda: query(base, "livefeed_connected"))
            faults = check(folder, base, application)
        finally:
            for process in reversed(processes):
                process.send_signal(signal.SIGTERM)
                process.wait(30)
    for fault in faults:
        print(f"error: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
