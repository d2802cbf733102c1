#!/usr/bin/env python3
"""What HTTP and GraphQL add to a query: wrk against `callisto serve`, beside the same queries in one process.

Usage: http_cost.py BIN_DIR [--seconds N] [--doc FILE]
Needs wrk and taskset; with openssl, TLS is measured too. Prints the tables; with --doc they replace what stands between
`<!-- bench:begin http -->` and `<!-- bench:end http -->` of FILE. Nothing else is written outside a temporary folder.

In one process: the processor time of `callisto --data DIR -f FILE` with N copies of a query less that with none, by N;
N so large that this is a second and more.
Both ways answer JSON. Over HTTP: one connection for the latencies, then sixteen for requests per second. The server is
bound to one core, then to two; wrk runs on the other cores, or on the same when there are no more.
"""
import argparse
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import urllib.request

from report import replace_section, table

REPOS = 20_000
USERS = 400
TEAMS = 20
CONNECTIONS = 16
IN_PROCESS_SECONDS = 1.0
QUERIES = {
    "one entity by key": "FIND * WITH _key = 'repo:777'",
    "one entity by type and name": "FIND repo WITH name = 'repo-777'",
    "count with a filter": "FIND repo WITH criticality >= 8 AS r RETURN COUNT(r) AS n",
    "one hop, 50 rows": "FIND user WITH name = 'user-7' THAT OWNS repo AS r RETURN r.name, r.criticality",
    "two hops, 1,000 rows counted": "FIND team WITH name = 'team-7' THAT HAS user THAT OWNS repo AS r RETURN COUNT(r) AS n",
    "a page of 250": "FIND repo LIMIT 250",
}
HEADERS = {"Authorization": "Bearer t", "JupiterOne-Account": "bench", "Content-Type": "application/json"}
DOCUMENT = "query Q($q: String!) { queryV1(query: $q) { type data totalCount cursor } }"
UNITS_US = {"us": 1.0, "ms": 1e3, "s": 1e6, "m": 6e7}


def entities(kind, entity_class, count, more):
    return [
        {"_key": f"{kind}:{i}", "_type": kind, "_class": [entity_class], "name": f"{kind}-{i}", **more(i)}
        for i in range(count)
    ]


def relationships(from_kind, verb, to_kind, from_count, to_count):
    return [
        {"_key": f"{from_kind}:{i % from_count}|{verb}|{to_kind}:{i}", "_type": f"{from_kind}_{verb}_{to_kind}",
         "_class": verb.upper(), "_fromEntityKey": f"{from_kind}:{i % from_count}", "_toEntityKey": f"{to_kind}:{i}"}
        for i in range(to_count)
    ]


def estate():
    repo = lambda i: {"criticality": i % 10, "public": i % 7 == 0, "owner": f"user-{i % USERS}"}
    nothing = lambda i: {}
    return {
        "entities": entities("repo", "CodeRepo", REPOS, repo) + entities("user", "User", USERS, nothing)
        + entities("team", "Team", TEAMS, nothing),
        "relationships": relationships("user", "owns", "repo", USERS, REPOS)
        + relationships("team", "has", "user", TEAMS, USERS),
    }


def on_cores(cores, command):
    return ["taskset", "-c", ",".join(map(str, cores)), *command]


class Server:
    def __init__(self, callisto, data, cores, tls=()):
        self.process = subprocess.Popen(
            on_cores(cores, [callisto, "serve", "--listen", "127.0.0.1:0", "--data", data, *tls]),
            stderr=subprocess.PIPE, text=True)
        self.url = None
        for line in self.process.stderr:
            found = re.search(r"listening on (https?://\S+)", line)
            if found:
                self.url = found.group(1)
                break
        if self.url is None:
            sys.exit("http_cost.py: the server did not start")
        # The log is read to its end, or the server would wait for its reader.
        self.reader = subprocess.Popen(["cat"], stdin=self.process.stderr, stdout=subprocess.DEVNULL)
        self.process.stderr.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.reader.wait()

    def post(self, path, body):
        request = urllib.request.Request(self.url + path, json.dumps(body).encode(), HEADERS)
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)


def load(server):
    jobs = "/persister/synchronization/jobs"
    job = jobs + "/" + server.post(jobs, {"scope": "bench"})["job"]["id"]
    server.post(job + "/upload", estate())
    finished = server.post(job + "/finalize", {})["job"]
    if finished["numEntitiesCreated"] != REPOS + USERS + TEAMS:
        sys.exit(f"http_cost.py: the graph was not loaded: {finished}")


def in_process_us(callisto, data, query, cores):
    def seconds(copies):
        path = os.path.join(data, "queries.j1ql")
        with open(path, "w", encoding="utf-8") as file:
            file.write(".mode json\n" + (query + ";\n") * copies)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(on_cores(cores, [callisto, "--data", os.path.join(data, "local"), "-f", path]),
                       stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    opening = min(seconds(0) for _ in range(3))
    copies = 1000
    while (taken := seconds(copies) - opening) < IN_PROCESS_SECONDS:
        copies = copies * 10 if taken < IN_PROCESS_SECONDS / 10 else int(copies * 1.2 * IN_PROCESS_SECONDS / taken)
    return taken / copies * 1e6


def wrk(url, seconds, connections, cores, script=None):
    """(p50, p99, requests per second); times in microseconds."""
    command = ["wrk", "--latency", f"-t{min(connections, len(cores))}", f"-c{connections}", f"-d{seconds}s"]
    if script:
        command += ["-s", script]
    text = subprocess.run(on_cores(cores, command + [url]), stdout=subprocess.PIPE, text=True, check=True).stdout
    if "Non-2xx" in text or "Socket errors" in text:
        sys.exit(f"http_cost.py: wrk saw errors:\n{text}")

    def percentile(which):
        number, unit = re.search(rf"^\s+{which}%\s+([\d.]+)(us|ms|s|m)$", text, re.M).groups()
        return float(number) * UNITS_US[unit]

    return percentile(50), percentile(99), float(re.search(r"Requests/sec:\s*([\d.]+)", text).group(1))


def write_script(data, query):
    path = os.path.join(data, "post.lua")
    with open(path, "w", encoding="utf-8") as file:
        body = json.dumps({"query": DOCUMENT, "variables": {"q": query}})
        file.write(f'wrk.method = "POST"\nwrk.body = [==[{body}]==]\n')
        for header, value in HEADERS.items():
            file.write(f'wrk.headers["{header}"] = "{value}"\n')
    return path


def self_signed(data):
    """Options that make the server speak TLS; none without openssl."""
    if not shutil.which("openssl"):
        return None
    key, certificate = os.path.join(data, "key.pem"), os.path.join(data, "certificate.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                    "-days", "2", "-subj", "/CN=localhost", "-keyout", key, "-out", certificate],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return ["--certificate", certificate, "--private-key", key]


def measure(callisto, data, seconds, server_cores, client_cores, tls):
    """{query or floor: (p50, p99, requests per second)} of a server on those cores."""
    found = {}
    served = os.path.join(data, "served")
    with Server(callisto, served, server_cores) as server:
        found["nothing"] = floor(server, seconds, client_cores)
        for name, query in QUERIES.items():
            answer = server.post("/graphql", {"query": DOCUMENT, "variables": {"q": query}})
            if not answer["data"]["queryV1"]["totalCount"]:
                sys.exit(f"http_cost.py: no answer to {query}: {answer}")
            script, url = write_script(data, query), server.url + "/graphql"
            one = wrk(url, seconds, 1, client_cores, script)
            found[name] = (one[0], one[1], wrk(url, seconds, CONNECTIONS, client_cores, script)[2])
    if tls:
        with Server(callisto, served, server_cores, tls) as server:
            found["nothing, through TLS"] = floor(server, seconds, client_cores)
    return found


def floor(server, seconds, cores):
    one = wrk(server.url + "/healthz", seconds, 1, cores)
    return one[0], one[1], wrk(server.url + "/healthz", seconds, CONNECTIONS, cores)[2]


def plan_of_cores():
    """[(cores of the server, cores of wrk)]: the server on one core, then on two."""
    cores = sorted(os.sched_getaffinity(0))
    plans = [(cores[:1], cores[2:4] or cores[1:2] or cores)]
    if len(cores) > 1:
        plans.append((cores[:2], cores[2:4] or cores))
    return plans


def lines_of(inside, runs):
    header = ["query", "in one process, µs"]
    for cores, _ in runs:
        word = "core" if len(cores) == 1 else "cores"
        header += [f"{len(cores)} {word}: p50, µs", "p99, µs", f"requests/s of {CONNECTIONS}"]
    rows = []
    for name in runs[0][1]:
        row = [name, f"{inside[name]:.0f}" if name in inside else "–"]
        for _, found in runs:
            p50, p99, rate = found[name]
            row += [f"{p50:.0f}", f"{p99:.0f}", f"{rate:,.0f}"]
        rows.append(row)
    return table(header, rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("bin_dir")
    parser.add_argument("--seconds", type=int, default=5, help="of each measurement (default: 5)")
    parser.add_argument("--doc", help="the document whose section `http` is replaced")
    arguments = parser.parse_args()
    callisto = os.path.abspath(os.path.join(arguments.bin_dir, "callisto"))
    plans = plan_of_cores()
    with tempfile.TemporaryDirectory() as data:
        upload = os.path.join(data, "upload.json")
        with open(upload, "w", encoding="utf-8") as file:
            json.dump(estate(), file)
        subprocess.run([callisto, "sync", upload, "--mode", "diff", "--scope", "bench",
                        "--data", os.path.join(data, "local")],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        inside = {name: in_process_us(callisto, data, query, plans[0][0]) for name, query in QUERIES.items()}
        with Server(callisto, os.path.join(data, "served"), plans[-1][0]) as server:
            load(server)
        tls = self_signed(data)
        runs = [(server, measure(callisto, data, arguments.seconds, server, client, tls))
                for server, client in plans]
    lines = lines_of(inside, runs)
    print("\n".join(lines))
    if arguments.doc:
        with open(arguments.doc, encoding="utf-8") as file:
            text = replace_section(file.read(), "http", lines)
        with open(arguments.doc, "w", encoding="utf-8") as file:
            file.write(text)


if __name__ == "__main__":
    main()
