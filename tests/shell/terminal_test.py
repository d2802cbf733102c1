"""What reaches a terminal: nothing that it would act on, hide or reorder, whatever the data holds;
files and pipes get the bytes. Usage: terminal_test.py CALLISTO SOURCE"""

import json
import os
import pty
import re
import select
import subprocess
import sys
import tempfile
import time
import unicodedata
import unittest

CALLISTO = os.path.abspath(sys.argv[1])

# Controls, C1, marks of direction, zero-width characters, fillers, tags.
UNSEEN = [
    "\x01", "\x07", "\x08", "\x0b", "\x0c", "\x0e", "\x1b[2J", "\x1b]0;pwned\x07", "\x1bP", "\x7f",
    "\x85", "\x90", "\x9b31m", "\x9d", "\u00ad", "\u034f", "\u061c", "\u115f", "\u180e", "\u200b",
    "\u200c", "\u200d", "\u200e", "\u200f", "\u2028", "\u2029", "\u202a", "\u202e", "\u2060",
    "\u2064", "\u2066", "\u2069", "\u206f", "\u3164", "\ufeff", "\ufff9", "\U000e0001",
    "\U000e0041", "\x1b[1;31m"]
NASTY = "a" + "x".join(UNSEEN) + "\r\nnew\rline\tz"
FORMATS = ["box", "tree", "tsv", "csv", "markdown", "json", "ndjson"]


def unseen_in(text):
    """The characters of `text` that no terminal may get; ends of lines and tabs are no data."""
    found = []
    for character in text.replace("\r\n", "\n"):
        if character in "\n\t":
            continue
        if unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp") or character in "\u034f\u115f\u3164":
            found.append(f"U+{ord(character):04X}")
    return found


def read_until(master, process, enough, seconds=60):
    """Everything a terminal gets until `enough(text)` or the end of the process."""
    out = b""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if select.select([master], [], [], 0.05)[0]:
            try:
                chunk = os.read(master, 65536)
            except OSError:  # The other end is closed.
                break
            if not chunk:
                break
            out += chunk
            if enough is not None and enough(out.decode("utf-8", "replace")):
                return out.decode("utf-8", "replace")
        elif process.poll() is not None:
            break
    return out.decode("utf-8", "surrogateescape")


class Terminal(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = cls.folder.name
        entity = {"_key": "k" + NASTY, "_type": "thing", "_class": ["Thing"], "displayName": NASTY,
                  "e": NASTY, "list": [NASTY, "b"], "name\x1b[2J\u202e": 1, "plain": "ü"}
        other = {"_key": "other", "_type": "thing", "_class": ["Thing"], "displayName": "other"}
        cls.write("upload.json", json.dumps({"entities": [entity, other], "relationships": [
            {"_key": "r", "_type": "has", "_class": "HAS", "_fromEntityKey": entity["_key"],
             "_toEntityKey": "other"}]}))
        cls.environment = dict(os.environ, HOME=cls.path, TERM="xterm", NO_COLOR="1", LC_ALL="C.UTF-8",
                               ASAN_OPTIONS="detect_leaks=0")
        cls.environment.pop("CALLISTO_DATA", None)
        run = cls.pipe("sync", "upload.json", "--mode", "diff", "--scope", "s" + NASTY, "--data", "g")
        assert run.returncode == 0, run.stderr
        identity = cls.pipe("--data", "g", "--format", "ndjson", "-c",
                            "FIND thing WITH plain = 'ü' AS t RETURN t._id").stdout
        cls.identity = json.loads(identity)["t._id"]
        cls.write("pins.json", json.dumps({"entities": [{"_id": cls.identity, "e": "p" + NASTY}]}))
        run = cls.pipe("sync", "pins.json", "--mode", "override", "--scope", "o" + NASTY, "--author",
                       "by" + NASTY, "--reason", "why" + NASTY, "--data", "g")
        assert run.returncode == 0, run.stderr

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def write(cls, name, text):
        with open(os.path.join(cls.path, name), "w", encoding="utf-8") as file:
            file.write(text)

    @classmethod
    def pipe(cls, *words):
        run = subprocess.run([CALLISTO, *words], cwd=cls.path, env=cls.environment, capture_output=True,
                             stdin=subprocess.DEVNULL, timeout=120, check=False)
        run.stdout = run.stdout.decode("utf-8")
        return run

    def screen(self, *words, environment=None):
        """All that the command writes to a terminal, standard output and standard error."""
        master, slave = pty.openpty()
        with subprocess.Popen([CALLISTO, *words], cwd=self.path, stdin=subprocess.DEVNULL, stdout=slave,
                              stderr=slave, env=environment or self.environment) as process:
            os.close(slave)
            out = read_until(master, process, None)
        os.close(master)
        return out

    def check_harmless(self, out, what):
        self.assertEqual(unseen_in(out), [], f"{what} writes to the terminal: {out!r}")

    def test_every_format(self):
        for form in FORMATS:
            for query in ("FIND thing", "FIND thing AS t RETURN t.e, t.list, t.displayName AS \"x\u202e\"",
                          "FIND thing THAT HAS thing RETURN TREE"):
                with self.subTest(format=form, query=query):
                    out = self.screen("--data", "g", "--format", form, "-c", query)
                    self.check_harmless(out, form)
                    if form != "box":  # There it may be cut off.
                        self.assertIn("pwned", out)

    def test_a_row_of_csv_is_a_line_on_a_screen(self):
        out = self.screen("--data", "g", "--format", "csv", "-c", "FIND thing WITH plain = 'ü' AS t RETURN t.e")
        self.assertEqual(len(out.splitlines()), 2, out)

    def test_json_stays_json(self):
        out = self.screen("--data", "g", "--format", "ndjson", "--layer", "mutation", "-c",
                          "FIND thing WITH plain = 'ü' AS t RETURN t.e")
        self.assertEqual(json.loads(out)["t.e"], NASTY)

    def test_commands_and_messages(self):
        for words in (["overrides"], ["overrides", "--summary"], ["why", self.identity, "e"], ["jobs"],
                      ["export"], ["why", "no" + NASTY, "e"], ["update", self.identity, "e" + NASTY],
                      ["update", self.identity, "u=q" + NASTY], ["reset", self.identity, "no" + NASTY],
                      ["--load", "no" + NASTY, "-c", "FIND x"], ["-f", "no" + NASTY],
                      ["--format", "no" + NASTY], ["no" + NASTY], ["import", "no" + NASTY],
                      ["export", "no/" + NASTY], ["validate", "no" + NASTY], ["format", "no" + NASTY],
                      ["doctor", "FIND thing WITH e = 'no" + NASTY.replace("\n", "") + "'"],
                      ["--param", "no" + NASTY], ["--param", "p=" + NASTY, "-c", "FIND thing WITH e = ${p} AS"],
                      ["sync", "pins.json", "--mode", "override", "--scope", "x" + NASTY, "--dry-run"],
                      ["-c", "FIND thing WITH e = 'no" + NASTY + "' AS"], ["-c", "FIND thing WITH no\u202e = 1"],
                      ["-c", ".describe thing"], ["-c", ".types"], ["-c", ".no" + NASTY],
                      ["-c", ".param p " + NASTY.replace("\n", ""), "-c", ".param"],
                      ["-c", ".explain FIND thing WITH e = '\u202e\x1b[2J'"]):
            with self.subTest(words=words[0]):
                if "--data" not in words:
                    words = ["--data", "g", *words]
                self.check_harmless(self.screen(*words), " ".join(words))

    def test_styles_are_ours_alone(self):
        environment = dict(self.environment)
        del environment["NO_COLOR"]
        out = self.screen("--data", "g", "why", self.identity, "e", environment=environment)
        self.assertIn("\x1b[1m", out)
        self.assertNotIn("\x1b[1;31m", out)
        out = self.screen("--data", "g", "-c", "FIND thing WITH", environment=environment)
        self.assertIn("\x1b[1;31mError\x1b[0m", out)

    def test_there_is_one_way_to_a_terminal(self):
        """Output and say(): nothing else of the command writes by itself, but the echo of Ctrl-C."""
        ways = re.compile(r"std::(cout|cerr|clog|puts|printf|fprintf|fputs)\b|(?<!\w)(printf|puts|perror)\(")
        found = []
        folder = os.path.join(os.path.abspath(sys.argv[2]), "repl")
        for where, _, files in os.walk(folder):
            for name in files:
                with open(os.path.join(where, name), encoding="utf-8") as file:
                    found += [f"{name}: {line.strip()}" for line in file if ways.search(line)]
        self.assertEqual(found, ['line_editor.cpp: std::fputs("^C", rl_outstream);'])

    def test_pipes_get_the_bytes(self):
        out = self.pipe("--data", "g", "--format", "csv", "--layer", "mutation", "-c",
                        "FIND thing WITH plain = 'ü' AS t RETURN t.e").stdout
        self.assertEqual(out, 't.e\r\n"' + NASTY + '"\r\n')

    def test_files_from_a_terminal_get_the_bytes(self):
        self.screen("--data", "g", "--layer", "mutation", "-c", ".mode csv", "-c", ".once whole.csv", "-c",
                    "FIND thing WITH plain = 'ü' AS t RETURN t.e")
        with open(os.path.join(self.path, "whole.csv"), encoding="utf-8", newline="") as file:
            self.assertEqual(file.read(), 't.e\r\n"' + NASTY + '"\r\n')

    def shell(self, keys, enough):
        master, slave = pty.openpty()
        with subprocess.Popen([CALLISTO, "--data", "g"], cwd=self.path, stdin=slave, stdout=slave,
                              stderr=slave, env=self.environment, start_new_session=True) as process:
            os.close(slave)
            out = read_until(master, process, lambda text: "callisto> " in text)
            for key in keys:
                os.write(master, key.encode())
                out += read_until(master, process, lambda text: True, 5)
            out += read_until(master, process, enough, 20)
            os.close(master)
            process.kill()
        return out

    def test_completion_lists(self):
        # Two candidates, one of them with a sequence in its name: only the other is offered.
        out = self.shell(["FIND thing WITH ", "\t"], lambda text: "plain" in text)
        self.assertIn("plain", out)
        self.assertNotIn("\x1b[2J", out)
        self.assertNotIn("\u202e", out)

    def test_the_pager(self):
        out = self.shell([".pager cat\n", ".maxrows 0\n", ".mode tree\n", "FIND thing;\n"], lambda text: "pwned" in text and "other" in text)
        self.assertIn("pwned", out)
        for part in ("\x1b]0;pwned", "\x1b[2J", "\u202e", "\x9b"):
            self.assertNotIn(part, out)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
