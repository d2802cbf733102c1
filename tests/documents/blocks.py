"""The code blocks of a document, run in order as a reader would run them, and compared with what the
document shows.

    ```sh          commands; what they write is the ```text block behind, or nothing at all
    ```sh any      run, too, but what they write differs from machine to machine
    ```sh fails    the last command fails, and what they write is the ```text block behind
    ```sh build    not run: they build, install, measure, or fetch what is not here
    ```sh clients  run by tests/clients

Commands run in one shell, in a folder with the samples, on a terminal of 80 columns, with the command
that was built first on the PATH. What starts a server in the background is waited for. In what is
compared, times, durations and random ids are placeholders on both sides; a line `[...]` stands for any
lines."""

import fcntl
import os
import pty
import re
import select
import signal
import socket
import struct
import subprocess
import tempfile
import termios
import time

KINDS = {"sh", "sh any", "sh fails", "sh build", "sh clients"}
RUN = {"sh", "sh any", "sh fails"}
OTHER = {"", "text", "cpp", "cpp run", "cmake", "json", "j1ql", "j1ql error", "yaml"}
COLUMNS = 80
SECONDS = 250
WAIT = """for attempt in $(seq 1 200); do
  curl -sk "$(if grep -q https {log}; then echo https; else echo http; fi)://127.0.0.1:{port}/healthz" >/dev/null && break
  sleep 0.1
done"""


class Block:
    def __init__(self, kind, line):
        self.kind = kind
        self.line = line
        self.lines = []
        self.shown = None  # The lines of the ```text block behind it.

    @property
    def text(self):
        return "\n".join(self.lines)


def blocks_of(document):
    """All blocks of a document, those of output with the block that they belong to."""
    blocks = []
    block = None
    for number, line in enumerate(document.split("\n"), 1):
        if block is not None:
            if line.strip() == "```":
                block = None
            else:
                block.lines.append(line)
        elif line.startswith("```"):
            block = Block(line[3:].strip(), number)
            before = blocks[-1] if blocks else None
            if block.kind == "text" and before is not None and before.kind in KINDS and before.behind:
                before.shown = block.lines
            blocks.append(block)
            block.behind = True
        elif line.strip() and blocks:
            blocks[-1].behind = False  # Prose between a command and an output parts them.
    return blocks


def unknown_kinds(document):
    return [f"line {block.line}: ```{block.kind}" for block in blocks_of(document)
            if block.kind not in KINDS | OTHER]


PLACEHOLDERS = [
    (r'"(_createdOn|_beginOn|setOn|[a-z]+Timestamp)":"[^"]*"', r'"\1":"<time>"'),
    (r'"(_createdOn|_beginOn|setOn|[a-z]+Timestamp)":\d+', r'"\1":<milliseconds>'),
    (r"\d+(\.\d+)? (µs|ms|s)\b", "<duration>"),
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", "<time>"),
    (r"\(just now\)|\(<duration> ago\)|\(\d+ \w+ ago\)", "<age>"),
    (r"\b\d{4}-\d\d-\d\d\b", "<date>"),
    (r"\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b", "<random id>"),
    (r"graph version [\d,]+", "graph version <number>"),
    (r"\b\d+(\.\d+)? [kM]?B\b", "<size>"),
    (r'"version":"[0-9.]+"', '"version":<version>'),
]


def settled(lines):
    """Without what differs from run to run, blanks at ends of lines, and empty lines at the ends."""
    text = "\n".join(line.rstrip() for line in lines).strip("\n")
    for pattern, placeholder in PLACEHOLDERS:
        text = re.sub(pattern, placeholder, text)
    return text


def matches(shown, written):
    pattern = "".join("(?:.*\n)*?" if line == "[...]" else re.escape(line) + "\n"
                      for line in settled(shown).split("\n"))
    return re.fullmatch(pattern, settled(written) + "\n") is not None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


class Reader:
    """Runs documents. `folders` are links that the reader's folder has: name to target."""

    def __init__(self, callisto, folders):
        self.callisto = callisto
        self.folders = folders

    def script(self, blocks, work, ports):
        parts = ["set -e", "trap 'kill $(jobs -p) 2>/dev/null || true' EXIT"]
        for number, block in enumerate(blocks):
            path = os.path.join(work, f".block-{number}.sh")
            lines = []
            for line in block.lines:
                if re.match(r"callisto serve\b(?!.* --(listen|config)\b)", line):
                    line = line.replace("serve", "serve --listen 127.0.0.1:8080", 1)
                line = with_ports(line, ports)
                lines.append(line)
                started = re.match(r"callisto serve\b.*?(?:2>(\S+) )?&$", line)
                if started:
                    port = ports["8443" if "--certificate" in line else "8080"]
                    lines.append(WAIT.format(port=port, log=started.group(1) or "/dev/null"))
            with open(path, "w", encoding="utf-8") as file:
                file.write("\n".join(lines) + "\n")
            if block.kind == "sh fails":
                parts.append(f"set +e; . {path}; code=$?; set -e; printf '\\n@@%d %d@@\\n' {number} $code")
            else:
                parts.append(f". {path}; printf '\\n@@%d %d@@\\n' {number} 0")
        return "\n".join(parts) + "\n"

    def run(self, document, name):
        """What is wrong with a document: a list of texts."""
        blocks = [block for block in blocks_of(document) if block.kind in RUN]
        problems = [f"{name}: {kind} is no kind of block" for kind in unknown_kinds(document)]
        return problems + self.compare(blocks, self.written(blocks), name)

    def filled(self, document):
        """The document with what its commands write in place of what it shows and is wrong."""
        blocks = [block for block in blocks_of(document) if block.kind in RUN]
        rest = self.written(blocks)
        lines = document.split("\n")
        for number, block in reversed(list(enumerate(blocks))):
            end = re.search(rf"\n@@{number} (\d+)@@\n", rest)
            start = re.search(rf"\n@@{number - 1} (\d+)@@\n", rest)
            if end is None or block.kind == "sh any":
                continue
            out = rest[start.end() if start else 0:end.start()].strip("\n").split("\n")
            out = [line.rstrip() for line in out]
            if matches(block.shown or [], out):
                continue
            behind = block.line + len(block.lines) + 1
            if block.shown is not None:
                first = lines.index("```text", behind)
                lines[first + 1:first + 1 + len(block.shown)] = out
            else:
                lines[behind:behind] = ["", "```text", *out, "```"]
        return "\n".join(lines)

    def written(self, blocks):
        """All that the commands of a document write, with a mark after each block."""
        with tempfile.TemporaryDirectory() as work:
            os.mkdir(os.path.join(work, ".bin"))
            os.symlink(self.callisto, os.path.join(work, ".bin", "callisto"))
            for link, target in self.folders.items():
                os.makedirs(os.path.dirname(os.path.join(work, link)), exist_ok=True)
                os.symlink(target, os.path.join(work, link))
            ports = {"8080": free_port(), "8443": free_port()}
            driver = os.path.join(work, ".driver.sh")
            with open(driver, "w", encoding="utf-8") as file:
                file.write(self.script(blocks, work, ports))
            return without_ports(self.on_terminal(["bash", driver], work), ports)

    def on_terminal(self, command, work):
        environment = {name: value for name, value in os.environ.items()
                       if name not in ("CALLISTO_DATA", "XDG_STATE_HOME", "CI")}
        environment.update(HOME=work, NO_COLOR="1", TERM="xterm", LC_ALL="C.UTF-8",
                           PATH=os.path.join(work, ".bin") + ":" + os.environ["PATH"],
                           ASAN_OPTIONS="detect_leaks=0")
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))
        out = b""
        end = time.monotonic() + SECONDS
        with subprocess.Popen(command, cwd=work, env=environment, stdin=subprocess.DEVNULL, stdout=slave,
                              stderr=slave, start_new_session=True) as process:
            os.close(slave)
            while time.monotonic() < end:
                if select.select([master], [], [], 0.1)[0]:
                    try:
                        chunk = os.read(master, 65536)
                    except OSError:
                        break
                    if not chunk:
                        break
                    out += chunk
                elif process.poll() is not None:
                    break
            try:
                os.killpg(process.pid, signal.SIGTERM)
            except ProcessLookupError:
                pass
            os.close(master)
        return out.decode("utf-8", "replace").replace("\r\n", "\n")

    def compare(self, blocks, written, name):
        problems = []
        rest = written
        for number, block in enumerate(blocks):
            place = f"{name}, line {block.line}"
            end = re.search(rf"\n@@{number} (\d+)@@\n", rest)
            if end is None:
                problems.append(f"{place}: a command fails:\n{block.text}\n--- it writes\n{rest}")
                break
            out, rest = rest[:end.start()].split("\n"), rest[end.end():]
            if (end.group(1) != "0") != (block.kind == "sh fails"):
                problems.append(f"{place}: exit code {end.group(1)}")
            if block.kind == "sh any":
                continue
            if not matches(block.shown or [], out):
                problems.append(f"{place}: shows\n{settled(block.shown or [])}\n--- and these commands\n"
                                f"{block.text}\n--- write\n{settled(out)}")
        return problems


def with_ports(text, ports):
    for documented, free in ports.items():
        text = text.replace(":" + documented, ":" + free)
    return text


def without_ports(text, ports):
    for documented, free in ports.items():
        text = text.replace(":" + free, ":" + documented)
    return text
