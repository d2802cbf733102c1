// samples/integration/README.md: every block of it, run as it is written in a copy of the sample.
const assert = require('node:assert/strict');
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { test, before, after } = require('node:test');
const { clients, startServer, rows, headers } = require('./running_server');

const sample = path.join(__dirname, '..', '..', 'samples', 'integration');
const folder = path.join(clients, 'sample');
const UNREACHABLE =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|E40[34]|E5[0-9][0-9]/;
let server;

before(async () => {
  server = await startServer();
  // What npm has installed there before stays: then it is quick.
  for (const name of ['src', 'jupiterone', '.j1-integration', 'README.md', 'package.json']) {
    fs.rmSync(path.join(folder, name), { recursive: true, force: true });
  }
  fs.cpSync(sample, folder, { recursive: true });
});

after(async () => {
  assert.equal(await server.stop(), 0);
});

// Runs a program in the copy, to its end.
function run(program, ...args) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: folder,
      timeout: 500_000,
      env: {
        ...process.env,
        FORCE_COLOR: '0',
        npm_config_prefer_offline: 'true',
        npm_config_ignore_scripts: 'true',
        npm_config_audit: 'false',
        npm_config_fund: 'false',
      },
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => resolve({ code, output }));
  });
}

// The shell blocks of the file; a fence of another kind would be one that nothing runs.
function blocksOfReadme() {
  const text = fs.readFileSync(path.join(sample, 'README.md'), 'utf8');
  const blocks = [...text.matchAll(/^```(.*)\n([^]*?)^```$/gm)];
  for (const [, kind] of blocks) assert.equal(kind, 'sh clients');
  assert.equal(blocks.length * 2, [...text.matchAll(/^ *(```|~~~)/gm)].length);
  return blocks.map(([, , block]) => block);
}

test('the blocks of the sample work as written, and do what the text says', async (t) => {
  const blocks = blocksOfReadme();
  assert.ok(blocks.length > 0);
  const script = blocks.join('').replaceAll('http://localhost:8080', server.url);
  assert.ok(script.includes(server.url));
  const { code, output } = await run('sh', '-eu', '-c', script);
  if (code !== 0 && UNREACHABLE.test(output)) return t.skip('the registry cannot be reached');
  assert.equal(code, 0, output);
  assert.match(output, /Successfully validated/);
  const answer = await fetch(`${server.url}/persister/synchronization/jobs`, { headers: { ...headers, Authorization: 'Bearer any' } });
  const [job] = (await answer.json()).jobs;
  assert.equal(job.status, 'FINISHED');
  assert.equal(job.numEntitiesCreated, 7);
  assert.equal(job.numRelationshipsCreated, 6);
  assert.equal((await rows(server, 'FIND harbour_laptop')).length, 3);
});

test('what was collected is read without a server, as the text says', async (t) => {
  if (!fs.existsSync(path.join(folder, '.j1-integration', 'graph'))) return t.skip('nothing was collected');
  const { code, output } = await run(
    process.env.CALLISTO, '--load', '.', '-c', 'FIND harbour_laptop AS l RETURN COUNT(l) AS laptops',
  );
  assert.equal(code, 0, output);
  assert.match(output, /^3$/m);
});
