#!/usr/bin/env python3
"""What HTTP and GraphQL add to a query: wrk against `callisto serve`, beside the same queries in one process.

Usage: http_cost.py BIN_DIR [SECONDS]     needs wrk; prints a table; nothing is written outside a temporary folder.

In one process: `callisto --data DIR -f FILE` with N and with 4 N copies of a query; the difference of the times
by 3 N. Both ways answer JSON. Over HTTP: one connection, so that times compare, then eight for throughput.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

REPOS = 20_000
USERS = 400
QUERIES = {
    "one entity by key": "FIND * WITH _key = 'repo:777'",
    "count with a filter": "FIND repo WITH criticality >= 8 AS r RETURN COUNT(r) AS n",
    "one hop, 50 rows": "FIND user WITH name = 'user-7' THAT OWNS repo",
    "a page of 250": "FIND repo LIMIT 250",
}
HEADERS = {"Authorization": "Bearer t", "JupiterOne-Account": "bench", "Content-Type": "application/json"}
DOCUMENT = "query Q($q: String!) { queryV1(query: $q) { type data totalCount cursor } }"


def estate():
    repos = [
        {"_key": f"repo:{i}", "_type": "repo", "_class": ["CodeRepo"], "name": f"repo-{i}",
         "criticality": i % 10, "public": i % 7 == 0, "owner": f"user-{i % USERS}"}
        for i in range(REPOS)
    ]
    users = [
        {"_key": f"user:{i}", "_type": "user", "_class": ["User"], "name": f"user-{i}"} for i in range(USERS)
    ]
    owns = [
        {"_key": f"user:{i % USERS}|owns|repo:{i}", "_type": "user_owns_repo", "_class": "OWNS",
         "_fromEntityKey": f"user:{i % USERS}", "_toEntityKey": f"repo:{i}"}
        for i in range(REPOS)
    ]
    return {"entities": repos + users, "relationships": owns}


class Server:
    def __init__(self, callisto, data):
        self.process = subprocess.Popen(
            [callisto, "serve", "--listen", "127.0.0.1:0", "--data", data],
            stderr=subprocess.PIPE, text=True)
        self.url = None
        for line in self.process.stderr:
            found = re.search(r"listening on (http://\S+)", line)
            if found:
                self.url = found.group(1)
                break
        # The log is read to its end, or the server would wait for its reader.
        self.reader = subprocess.Popen(["cat"], stdin=self.process.stderr, stdout=subprocess.DEVNULL)

    def post(self, path, body):
        request = urllib.request.Request(self.url + path, json.dumps(body).encode(), HEADERS)
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.reader.wait()


def load(server):
    jobs = "/persister/synchronization/jobs"
    job = jobs + "/" + server.post(jobs, {"scope": "bench"})["job"]["id"]
    server.post(job + "/upload", estate())
    assert server.post(job + "/finalize", {})["job"]["numEntitiesCreated"] == REPOS + USERS


def in_process_us(callisto, data, query):
    def seconds(copies):
        path = os.path.join(data, "queries.j1ql")
        with open(path, "w", encoding="utf-8") as file:
            file.write(".mode json\n" + (query + ";\n") * copies)
        begin = time.perf_counter()
        subprocess.run([callisto, "--data", os.path.join(data, "local"), "-f", path],
                       stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - begin

    copies = 500
    return min((seconds(4 * copies) - seconds(copies)) / (3 * copies) for _ in range(3)) * 1e6


def requests_per_second(url, seconds, connections, script):
    command = ["wrk", f"-t{min(connections, 2)}", f"-c{connections}", f"-d{seconds}s"]
    if script:
        command += ["-s", script]
    text = subprocess.run(command + [url], stdout=subprocess.PIPE, text=True, check=True).stdout
    if "Non-2xx" in text or "Socket errors" in text:
        sys.exit(f"http_cost.py: wrk saw errors:\n{text}")
    return float(re.search(r"Requests/sec:\s*([\d.]+)", text).group(1))


def main():
    callisto = os.path.abspath(os.path.join(sys.argv[1], "callisto"))
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory() as data:
        upload = os.path.join(data, "upload.json")
        with open(upload, "w", encoding="utf-8") as file:
            json.dump(estate(), file)
        subprocess.run([callisto, "sync", upload, "--mode", "diff", "--scope", "bench", "--data", os.path.join(data, "local")],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        inside = {name: in_process_us(callisto, data, query) for name, query in QUERIES.items()}
        server = Server(callisto, os.path.join(data, "served"))
        load(server)
        floor = requests_per_second(server.url + "/healthz", seconds, 1, None)
        print(f"A request that asks nothing: {1e6 / floor:.0f} us.\n")
        print("| query | in one process, us | over HTTP, us | ratio | requests/s of 8 connections |")
        print("| --- | ---: | ---: | ---: | ---: |")
        for name, query in QUERIES.items():
            script = os.path.join(data, "post.lua")
            body = json.dumps({"query": DOCUMENT, "variables": {"q": query}})
            with open(script, "w", encoding="utf-8") as file:
                file.write('wrk.method = "POST"\n')
                file.write(f"wrk.body = [==[{body}]==]\n")
                for header, value in HEADERS.items():
                    file.write(f'wrk.headers["{header}"] = "{value}"\n')
            answer = server.post("/graphql", {"query": DOCUMENT, "variables": {"q": query}})
            assert answer["data"]["queryV1"]["totalCount"] > 0, answer
            one = requests_per_second(server.url + "/graphql", seconds, 1, script)
            many = requests_per_second(server.url + "/graphql", seconds, 8, script)
            over = 1e6 / one
            print(f"| {name} | {inside[name]:.0f} | {over:.0f} | {over / inside[name]:.1f} | {many:.0f} |")
        server.stop()


main()
