// @jupiterone/integration-sdk-cli: `j1-integration` with the integration of samples/integration.
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { test, before, after } = require('node:test');
const { clients, documented, program, startServer, rows, scratchFolder, run, headers } = require('./running_server');

const sample = path.join(__dirname, '..', '..', 'samples', 'integration');
const instance = '11111111-2222-3333-4444-555555555555';
let server;
let project;

before(async () => {
  server = await startServer();
  // Beside node_modules, where a project's packages are found.
  project = scratchFolder(clients);
  fs.cpSync(sample, project, { recursive: true });
});

after(async () => {
  fs.rmSync(project, { recursive: true });
  assert.equal(await server.stop(), 0);
});

function j1Integration(...args) {
  const file = path.join(program('@jupiterone/integration-sdk-cli'), 'bin', 'j1-integration');
  return run(file, args, {
    cwd: project,
    env: { JUPITERONE_API_KEY: 'token', JUPITERONE_ACCOUNT: 'acme', FORCE_COLOR: '0' },
  });
}

const server_options = () => ['--api-base-url', server.url, '--integrationInstanceId', instance];

async function jobs() {
  const answer = await fetch(`${server.url}/persister/synchronization/jobs`, { headers });
  return (await answer.json()).jobs;
}

function changeOffice(change) {
  const file = path.join(project, 'src', 'office.json');
  const office = JSON.parse(fs.readFileSync(file));
  change(office);
  fs.writeFileSync(file, JSON.stringify(office));
}

test('the commands of docs/server.md work as written', async () => {
  const commands = documented('j1-integration', server);
  assert.equal(commands.length, 4);
  for (const command of commands) {
    const { code, output } = await j1Integration(...command);
    assert.equal(code, 0, `${command.join(' ')}: ${output}`);
  }
  assert.equal((await rows(server, 'FIND harbour_laptop')).length, 6);
});

test('j1-integration run collects and synchronizes', async () => {
  const { code, output } = await j1Integration('run', ...server_options());
  assert.equal(code, 0, output);
  const job = (await jobs()).find(({ integrationInstanceId }) => integrationInstanceId === instance);
  assert.equal(job.status, 'FINISHED', output);
  assert.equal(job.source, 'integration-managed');
  assert.equal(job.numEntitiesCreated, 7);
  assert.equal(job.numRelationshipsCreated, 6);
  const laptops = await rows(
    server,
    `FIND Device WITH _integrationInstanceId = '${instance}' THAT OWNS Person THAT HAS Site`,
  );
  assert.equal(laptops.length, 3);
  assert.equal(laptops[0].entity._integrationInstanceId, instance);
  const answer = await fetch(
    `${server.url}/persister/synchronization/jobs/${job.id}/events`,
    { headers },
  );
  assert.ok((await answer.json()).events.some(({ name }) => name === 'step_end'));
});

test('j1-integration run keeps the raw data of what it collects', async () => {
  const [ada] = await rows(
    server,
    `FIND harbour_person WITH name = 'Ada' AND _integrationInstanceId = '${instance}'`,
  );
  const answer = await fetch(
    `${server.url}/entities/${ada.id}/raw-data/default/versions/latest`,
    { headers },
  );
  assert.equal((await answer.json()).email, 'ada@example.org');
});

test('an override stays through later runs, whatever they bring', async () => {
  const [laptop] = await rows(
    server,
    `FIND harbour_laptop WITH name = 'L-2' AND _integrationInstanceId = '${instance}'`,
  );
  const start = { source: 'api', scope: 'exceptions', syncMode: 'OVERRIDE' };
  const base = `${server.url}/persister/synchronization/jobs`;
  const send = async (route, body) => {
    const answer = await fetch(base + route, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await answer.json()).job;
  };
  const { id } = await send('', start);
  await send(`/${id}/upload`, { entities: [{ _id: laptop.id, encrypted: true }] });
  assert.equal((await send(`/${id}/finalize`, {})).numEntitiesUpdated, 1);
  changeOffice((office) => {
    office.laptops[1].model = 'X2';
    office.laptops.pop();
  });
  const { code, output } = await j1Integration('run', ...server_options());
  assert.equal(code, 0, output);
  const found = await rows(
    server,
    `FIND harbour_laptop WITH encrypted = true AND _integrationInstanceId = '${instance}' AS l
     RETURN l.name, l.model ORDER BY l.name`,
  );
  assert.deepEqual(found, [
    { 'l.name': 'L-1', 'l.model': 'X1' },
    { 'l.name': 'L-2', 'l.model': 'X2' },
  ]);
});

test('j1-integration collect, then sync, as another instance', async () => {
  const collected = await j1Integration('collect');
  assert.equal(collected.code, 0, collected.output);
  const { code, output } = await j1Integration(
    'sync',
    '--api-base-url',
    server.url,
    '--integrationInstanceId',
    'second-office',
  );
  assert.equal(code, 0, output);
  const people = await rows(
    server,
    "FIND harbour_person WITH _integrationInstanceId = 'second-office'",
  );
  assert.equal(people.length, 3);
  const owned = await rows(
    server,
    "FIND harbour_laptop WITH _integrationInstanceId = 'second-office' THAT OWNS harbour_person",
  );
  assert.equal(owned.length, 2);
});

test('a run whose step fails deletes nothing of that step', async () => {
  const file = path.join(project, 'src', 'index.js');
  const source = fs.readFileSync(file, 'utf8');
  fs.writeFileSync(
    file,
    source.replace('async function fetchLaptops({ jobState }) {', '$&\n  throw new Error("away");'),
  );
  const { code, output } = await j1Integration('run', ...server_options());
  fs.writeFileSync(file, source);
  assert.equal(code, 0, output);
  const laptops = await rows(
    server,
    `FIND harbour_laptop WITH _integrationInstanceId = '${instance}'`,
  );
  assert.equal(laptops.length, 2);
});

test('j1-integration run --skip-finalize leaves the job open', async () => {
  const { code, output } = await j1Integration(
    'run',
    '--skip-finalize',
    '--api-base-url',
    server.url,
    '--source',
    'api',
    '--scope',
    'by-hand',
  );
  assert.equal(code, 0, output);
  const open = (await jobs()).filter(({ scope }) => scope === 'by-hand');
  assert.equal(open.length, 1);
  assert.equal(open[0].status, 'AWAITING_UPLOADS');
  assert.equal(open[0].numEntitiesUploaded, 6);
});

test('j1-integration validate-question-file asks the server', async () => {
  const validate = () =>
    j1Integration('validate-question-file', '-a', 'acme', '-k', 'token', '--api-base-url', server.url);
  const good = await validate();
  assert.equal(good.code, 0, good.output);
  assert.match(good.output, /Successfully validated/);
  const file = path.join(project, 'jupiterone', 'questions', 'questions.yaml');
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('RETURN', 'RETRUN'));
  const bad = await validate();
  assert.notEqual(bad.code, 0);
  assert.match(bad.output, /Queries failed to validate/);
});
