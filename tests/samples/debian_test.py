#!/usr/bin/env python3
"""Runs samples/debian/collect.sh on this machine's own catalogue and on hostile stanzas, and checks
what it writes. Usage: debian_test.py COLLECT.SH"""

import collections
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

COLLECT = os.path.abspath(sys.argv.pop(1) if len(sys.argv) > 1 else "samples/debian/collect.sh")

STATUS = b"""\
Package: base
Status: install ok installed
Section: admin
Architecture: amd64
Version: 1.0-1
Maintainer: A Team <team@lists.example.org>
Description: the base

Package: gone
Status: deinstall ok config-files
Section: admin
Architecture: amd64
Version: 9

Package: local-only
Status: hold ok installed
Architecture: all
Version: 0.1
Maintainer: No Address
Description: built here
"""


class Graph:
    """The two files of one collection."""

    def __init__(self, folder):
        self.entities = self.read(os.path.join(folder, "entities.ndjson"))
        self.relationships = self.read(os.path.join(folder, "relationships.ndjson"))
        self.by_key = {e["_key"]: e for e in self.entities}

    @staticmethod
    def read(path):
        with open(path, "rb") as file:
            return [json.loads(line.decode("utf-8", errors="strict")) for line in file]

    def of_type(self, name):
        return [e for e in self.entities if e["_type"] == name]

    def edges(self, verb, start=None):
        return [
            r
            for r in self.relationships
            if r["_class"] == verb and (start is None or r["_fromEntityKey"] == start)
        ]


def collect(*options):
    folder = tempfile.mkdtemp()
    try:
        done = subprocess.run(
            ["sh", COLLECT, "--out", folder, *options], capture_output=True, stdin=subprocess.DEVNULL
        )
        if done.returncode != 0:
            raise RuntimeError(done.stderr.decode())
        left = sorted(os.listdir(folder))
        assert left == ["entities.ndjson", "relationships.ndjson"], left
        return Graph(folder), done.stderr.decode()
    finally:
        shutil.rmtree(folder)


def collect_text(status, available=None, *options):
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, text in [("status", status), ("available", available or b"")]:
            paths.append(os.path.join(folder, name))
            with open(paths[-1], "wb") as file:
                file.write(text)
        return collect("--status", paths[0], "--available", paths[1], *options)


class ThisMachine(unittest.TestCase):
    """The real catalogue, whole."""

    @classmethod
    def setUpClass(cls):
        cls.graph, cls.talk = collect()
        shown = subprocess.run(
            ["dpkg-query", "-W", "-f", "${db:Status-Status}\t${Package}\t${Architecture}\t${Version}\n"],
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        cls.dpkg = {
            f"deb:package:{name}:{architecture}": version
            for status, name, architecture, version in (l.split("\t") for l in shown.splitlines())
            if status == "installed"
        }

    def test_keys_are_unique(self):
        for rows in (self.graph.entities, self.graph.relationships):
            most = collections.Counter(r["_key"] for r in rows).most_common(1)
            self.assertEqual(most[0][1], 1, most)

    def test_every_relationship_joins_two_entities(self):
        for r in self.graph.relationships:
            self.assertIn(r["_fromEntityKey"], self.graph.by_key)
            self.assertIn(r["_toEntityKey"], self.graph.by_key)
            start = self.graph.by_key[r["_fromEntityKey"]]["_type"]
            end = self.graph.by_key[r["_toEntityKey"]]["_type"]
            self.assertEqual(r["_type"], f"{start}_{r['_class'].lower()}_{end}")

    def test_values_are_scalars_or_lists_of_strings(self):
        for e in self.graph.entities:
            self.assertIsInstance(e["_class"], list)
            for name, value in e.items():
                if isinstance(value, list):
                    self.assertTrue(all(isinstance(v, str) for v in value), e["_key"])
                else:
                    self.assertIsInstance(value, (str, bool, int), e["_key"])

    def test_installed_packages_are_those_of_dpkg(self):
        installed = {
            e["_key"]: e["installedVersion"] for e in self.graph.of_type("deb_package") if e["installed"]
        }
        self.assertEqual(installed, self.dpkg)
        edges = {r["_toEntityKey"]: r["version"] for r in self.graph.edges("INSTALLED")}
        self.assertEqual(edges, self.dpkg)

    def test_every_package_has_its_source_section_and_maintainer(self):
        packages = {e["_key"] for e in self.graph.of_type("deb_package")}
        self.assertEqual({r["_toEntityKey"] for r in self.graph.edges("CONTAINS")}, packages)
        for verb in ("HAS", "MANAGES"):
            reached = [r["_toEntityKey"] for r in self.graph.edges(verb)]
            self.assertEqual(len(reached), len(set(reached)))
            self.assertGreater(len(reached), 0.99 * len(packages))

    def test_dependencies_of_an_installed_package_agree_with_dpkg(self):
        shown = subprocess.run(
            ["dpkg-query", "-W", "-f", "${Depends}", "dpkg"], capture_output=True, text=True
        ).stdout
        names = {d.split()[0].split(":")[0] for d in shown.replace("|", ",").split(",") if d.strip()}
        key = next(k for k in self.dpkg if k.startswith("deb:package:dpkg:"))
        edges = [r for r in self.graph.edges("USES", key) if r["dependencyKind"] == "depends"]
        reached = {self.graph.by_key[r["_toEntityKey"]]["name"] for r in edges if "via" not in r}
        self.assertTrue(reached)
        self.assertLessEqual(reached, names)

    def test_the_host_is_this_one(self):
        (host,) = self.graph.of_type("debian_host")
        self.assertEqual(host["hostname"], os.uname().nodename)
        self.assertEqual(host["kernel"], os.uname().release)

    def test_the_summary_counts_what_was_written(self):
        counts = f"{len(self.graph.entities)} entities, {len(self.graph.relationships)} relationships"
        self.assertIn(counts, self.talk)


class Stanzas(unittest.TestCase):
    """Small inputs that hold what the real one may hold some day."""

    def test_without_lists_the_installed_packages_are_collected_and_it_says_so(self):
        graph, talk = collect_text(STATUS)
        self.assertEqual([e["name"] for e in graph.of_type("deb_package")], ["base", "local-only"])
        self.assertIn("only the installed packages", talk)
        local = graph.by_key["deb:package:local-only:all"]
        self.assertEqual((local["installedVersion"], local["upToDate"]), ("0.1", True))
        self.assertNotIn("size", local)
        self.assertNotIn("section", local)

    def test_every_byte_is_escaped(self):
        hostile = (
            b'Package: odd\nVersion: 1\nArchitecture: amd64\nSection: x"y\nMaintainer: "Q. \\ Uote" '
            b"<Q@Example.org>\nHomepage: http://x/\\\"\nDescription: tab\there \"quote\" back\\slash "
            b"bell\x07 esc\x1b del\x7f \xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x9b bad\xff\xfe nul\x00\n"
            b" second line\nTag: a::b, c::d,\n e::f\n"
        )
        graph, _ = collect_text(STATUS, hostile)
        odd = graph.by_key["deb:package:odd:amd64"]
        self.assertEqual(
            odd["description"],
            'tab\there "quote" back\\slash bell\x07 esc\x1b del\x7f \u00e9\u20ac\U0001f41b bad nul',
        )
        self.assertEqual(odd["section"], 'x"y')
        self.assertEqual(odd["homepage"], 'http://x/\\"')
        self.assertEqual(odd["maintainer"], '"Q. \\ Uote" <Q@Example.org>')
        self.assertEqual(odd["tags"], ["a::b", "c::d", "e::f"])
        person = graph.by_key["deb:maintainer:q@example.org"]
        self.assertEqual((person["name"], person["_class"]), ("Q. \\ Uote", ["Person"]))
        self.assertEqual(graph.by_key["deb:maintainer:team@lists.example.org"]["_class"], ["Team"])

    def test_dependencies(self):
        available = b"""\
Package: app
Version: 2
Architecture: amd64
Pre-Depends: base (>= 1), base (<< 3)
Depends: lib:any (>= 1.2~) | missing, virtual, not-there, mail | base
Recommends: lib, absent
Suggests: base

Package: lib
Version: 1.5
Architecture: all

Package: one
Version: 1
Architecture: amd64
Provides: virtual (= 1.0), app

Package: two
Version: 1
Architecture: all
Provides: virtual
"""
        graph, talk = collect_text(STATUS, available)
        rows = sorted(
            (r["dependencyKind"], r["_toEntityKey"][len("deb:package:") :], r.get("versionConstraint"),
             r.get("via"), r.get("alternatives"))
            for r in graph.edges("USES", "deb:package:app:amd64")
        )  # fmt: skip
        self.assertEqual(
            rows,
            [
                ("depends", "base:amd64", None, None, "mail | base"),
                ("depends", "lib:all", ">= 1.2~", None, "lib:any (>= 1.2~) | missing"),
                ("depends", "one:amd64", None, "virtual", None),
                ("depends", "two:all", None, "virtual", None),
                ("preDepends", "base:amd64", ">= 1, << 3", None, None),
                ("recommends", "lib:all", None, None, None),
            ],
        )
        self.assertIn("1 depends, 1 recommends", talk)
        with_suggests, _ = collect_text(STATUS, available, "--with-suggests")
        self.assertEqual(len(with_suggests.edges("USES")), len(graph.edges("USES")) + 1)

    def test_the_newest_version_of_a_package_counts_as_dpkg_orders_them(self):
        versions = (
            "1.0~rc1 1.0 1.0-1 1.0-1+deb12u1 1.0-1.1 1.0+dfsg 1.0a 1.0.1 1.00 1:0.1 10 9 2 "
            "20230101120000000001 20230101120000000002 1.0-~~ 1.0-a+b 0 1.0-1~bpo12+1 2:1~"
        ).split()
        text = ""
        for i, first in enumerate(versions):
            for j, second in enumerate(versions):
                for version in (first, second):
                    text += f"Package: p{i}-{j}\nVersion: {version}\nArchitecture: all\n\n"
        graph, _ = collect_text(STATUS, text.encode())
        for i, first in enumerate(versions):
            for j, second in enumerate(versions):
                kept = graph.by_key[f"deb:package:p{i}-{j}:all"]["version"]
                self.assertIn(kept, (first, second))
                other = second if kept == first else first
                newer = subprocess.run(["dpkg", "--compare-versions", kept, "ge", other])
                self.assertEqual(newer.returncode, 0, (kept, other))

    def test_two_collections_differ_by_what_was_asked(self):
        available = b"".join(
            f"Package: p{i}\nVersion: 1\nArchitecture: all\nSection: {s}\n\n".encode()
            for i, s in enumerate(["games", "net", "non-free/doc"])
        )
        every, _ = collect_text(STATUS, available)
        self.assertEqual(len(every.of_type("deb_package")), 5)
        fewer, _ = collect_text(
            STATUS, available, "--exclude-section", "games", "--exclude-section", "non-free/doc"
        )
        names = [e["name"] for e in fewer.of_type("deb_package")]
        self.assertEqual(names, ["base", "local-only", "p1"])
        self.assertNotIn("deb:section:games", fewer.by_key)
        own, _ = collect_text(STATUS, available, "--only", "installed")
        self.assertEqual([e["name"] for e in own.of_type("deb_package")], ["base", "local-only"])
        limited, _ = collect_text(STATUS, available, "--limit", "3")
        names = [e["name"] for e in limited.of_type("deb_package")]
        self.assertEqual(names, ["base", "local-only", "p0"])

    def test_an_upgrade_shows(self):
        available = b"Package: base\nVersion: 2.0-1\nArchitecture: amd64\nSize: 10\nInstalled-Size: 3\n"
        graph, _ = collect_text(STATUS, available)
        base = graph.by_key["deb:package:base:amd64"]
        self.assertEqual((base["version"], base["installedVersion"]), ("2.0-1", "1.0-1"))
        self.assertEqual((base["upToDate"], base["size"], base["installedSize"]), (False, 10, 3072))

    def test_a_wrong_command_line_is_told_what_is_wrong(self):
        for options, message in [
            ([], "--out"),
            (["--out"], "needs a value"),
            (["--out", "x", "--only", "some"], "all or installed"),
            (["--out", "x", "--limit", "-1"], "number"),
            (["--out", "x", "--what"], "unknown option"),
            (["--out", "x", "--status", "no-such-file"], "cannot read"),
        ]:
            done = subprocess.run(["sh", COLLECT, *options], capture_output=True, text=True)
            self.assertEqual(done.returncode, 2, options)
            self.assertIn(message, done.stderr)


if __name__ == "__main__":
    unittest.main()
