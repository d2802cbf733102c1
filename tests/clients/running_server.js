// A server of its own for each test file, and what the tests need around it.
const { spawn } = require('node:child_process');
const { createRequire } = require('node:module');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const clients = process.env.CALLISTO_CLIENTS;
if (!clients || !fs.existsSync(path.join(clients, 'node_modules'))) {
  console.log('the client programs are not installed: skipped');
  process.exit(77);
}

// Requires from among the installed programs.
const load = createRequire(path.join(clients, 'package.json'));
const program = (name) => path.join(clients, 'node_modules', name);

function startServer(...options) {
  const process_ = spawn(process.env.CALLISTO, ['serve', '--listen', '127.0.0.1:0', ...options]);
  return new Promise((resolve, reject) => {
    let said = '';
    process_.stderr.on('data', (chunk) => {
      said += chunk;
      const found = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(said);
      if (found) resolve({ url: found[1], stop: () => stop(process_), said: () => said });
    });
    process_.on('exit', () => reject(new Error(`the server ended: ${said}`)));
  });
}

function stop(process_) {
  return new Promise((resolve) => {
    process_.removeAllListeners('exit');
    process_.on('exit', (code) => resolve(code));
    process_.kill('SIGTERM');
  });
}

const headers = {
  Authorization: 'Bearer token',
  'JupiterOne-Account': 'acme',
  'Content-Type': 'application/json',
};

async function post(url, body) {
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return answer.json();
}

// The rows of a query, over plain HTTP: what a client wrote is checked by another way than its own.
async function rows(server, query) {
  const answer = await post(`${server.url}/graphql`, {
    query: 'query Q($query: String!) { queryV1(query: $query) { data } }',
    variables: { query },
  });
  if (answer.errors) throw new Error(answer.errors[0].message);
  return answer.data.queryV1.data;
}

// The arguments of the commands that docs/server.md shows for a program, for this server.
function documented(name, server) {
  const text = fs.readFileSync(path.join(__dirname, '..', '..', 'docs', 'server.md'), 'utf8');
  const blocks = [...text.matchAll(/^```sh clients\n([^]*?)^```/gm)].map(([, block]) => block);
  const lines = blocks.join('').split('\n').filter((line) => line.startsWith(`npx ${name} `));
  return lines.map((line) =>
    [...line.slice(`npx ${name} `.length).matchAll(/"([^"]*)"|(\S+)/g)]
      .map(([, quoted, word]) => quoted ?? word)
      .map((word) => word.replace('http://localhost:8080', server.url)),
  );
}

function scratchFolder(parent = os.tmpdir()) {
  return fs.mkdtempSync(path.join(parent, 'callisto-clients-'));
}

// Runs a program to its end without blocking this process.
function run(file, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [file, ...args], {
      ...options,
      env: { ...process.env, ...options.env },
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('exit', (code) => resolve({ code, output }));
  });
}

module.exports = { clients, load, program, startServer, post, rows, documented, scratchFolder, run, headers };
