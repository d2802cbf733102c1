#!/usr/bin/env python3
"""The story of samples/github/README.md, told through the command: two syncs of an integration, two
scopes of overrides, and what each step shows. Usage: github_test.py CALLISTO SAMPLES"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

SAMPLES = os.path.abspath(sys.argv.pop(2) if len(sys.argv) > 2 else "samples/github")
CALLISTO = os.path.abspath(sys.argv.pop(1) if len(sys.argv) > 1 else "build/dev/bin/callisto")
INSTANCE = "5a1c3f0e-7d2b-4e8a-9c61-2f4b8d0e6a37"


class Story(unittest.TestCase):
    def setUp(self):
        self.data = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.data)

    def callisto(self, *words):
        done = subprocess.run(
            [CALLISTO, "--data", self.data, *words],
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
        self.assertEqual(done.returncode, 0, (words, done.stderr))
        return done.stdout

    def rows(self, query):
        """The rows of a query, each as the list of its values."""
        found = self.callisto("-c", query, "--format", "ndjson")
        return [list(json.loads(line).values()) for line in found.splitlines()]

    def count(self, query):
        return self.rows(query + " RETURN COUNT(x)")[0][0]

    def collected(self, day):
        path = os.path.join(SAMPLES, day)
        self.callisto(
            *["sync", path, "--mode", "diff", "--source", "integration-managed"],
            *["--instance", INSTANCE],
        )

    def pinned(self, scope):
        path = os.path.join(SAMPLES, scope + ".json")
        self.callisto("sync", path, "--mode", "override", "--scope", scope)

    def criticality(self, repo):
        query = f"FIND github_repo WITH name = '{repo}' AS r RETURN r.criticality"
        found = self.rows(query)
        return found[0][0] if found else "no such repository"

    def states(self):
        found = self.callisto("overrides", "--format", "ndjson")
        listed = [json.loads(line) for line in found.splitlines()]
        return {(o["scope"], o["entity"], o["property"]): o["state"] for o in listed}

    def test_the_collection_of_monday_is_whole(self):
        self.collected("monday")
        self.assertEqual(self.count("FIND github_repo AS x"), 10)
        self.assertEqual(self.count("FIND github_user AS x"), 6)
        self.assertEqual(self.count("FIND Account THAT OWNS CodeRepo AS x"), 10)
        self.assertEqual(self.count("FIND UserGroup THAT HAS User AS x"), 5)
        # Mapped relationships made one person for each user of the company.
        self.assertEqual(self.count("FIND User THAT IS Person AS x"), 5)
        self.assertEqual(self.criticality("payments-api"), 3)

    def test_pins_stick_through_the_sync_of_tuesday(self):
        self.collected("monday")
        self.pinned("tiers")
        self.pinned("compliance")
        expected = {
            "payments-api": 10,  # The auditors say 6, but the architects' scope is older.
            "card-vault": 10,
            "ledger": 9,
            "checkout-web": 8,
            "infra": 9,
            "deploy-tools": 2,
        }
        for repo, value in expected.items():
            self.assertEqual(self.criticality(repo), value, repo)
        self.assertEqual(self.criticality("old-billing"), 7)

        self.collected("tuesday")
        for repo, value in expected.items():
            self.assertEqual(self.criticality(repo), value, repo)
        self.assertEqual(self.criticality("old-billing"), "no such repository")
        self.assertEqual(self.count("FIND github_repo WITH criticality >= 9 AS x"), 4)
        pci = self.rows("FIND CodeRepo WITH complianceScope = 'pci' AS r RETURN r.name ORDER BY r.name")
        self.assertEqual(pci, [["card-vault"], ["payments-api"]])
        # Pins are seen by traversals: who may write to what matters most?
        teams = self.rows(
            "FIND UNIQUE github_team AS t THAT ALLOWS github_repo WITH criticality >= 10 "
            "RETURN t.name ORDER BY t.name"
        )
        self.assertEqual(teams, [["payments"], ["platform"]])

    def test_each_pin_is_in_the_state_that_the_page_names(self):
        self.collected("monday")
        self.pinned("tiers")
        self.pinned("compliance")
        self.collected("tuesday")
        states = {
            (scope, entity.split(":")[-1], name): state.lower()
            for (scope, entity, name), state in self.states().items()
        }
        with open(os.path.join(SAMPLES, "README.md"), encoding="utf-8") as page:
            rows = [line for line in page if line.startswith("| `") and ".criticality`" in line]
        self.assertEqual(len(rows), 7)
        for row in rows:
            cells = [cell.strip() for cell in row.strip().strip("|").split("|")]
            repo = cells[0].strip("`").split(".")[0]
            state = cells[5].split()[0].strip(":,")
            self.assertEqual(states[cells[1], repo, "criticality"], state, row)

    def test_the_younger_value_shows_when_the_older_scope_is_cleared(self):
        self.collected("monday")
        self.pinned("tiers")
        self.pinned("compliance")
        self.callisto("sync", "--empty", "--mode", "override", "--scope", "tiers")
        self.assertEqual(self.criticality("payments-api"), 6)
        self.assertEqual(self.criticality("card-vault"), 5)
        self.assertEqual(self.criticality("infra"), 9)


if __name__ == "__main__":
    unittest.main()
