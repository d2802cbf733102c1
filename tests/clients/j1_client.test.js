// @jupiterone/jupiterone-client-nodejs: the library and its command `j1`.
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { test, before, after } = require('node:test');
const { documented, load, program, startServer, rows, scratchFolder, run, post } = require('./running_server');

let server;
let client;
let folder;

before(async () => {
  server = await startServer();
  process.env.CALLISTO_URL = server.url;
  require('./jupiterone_is_here');
  const { JupiterOneClient } = load('@jupiterone/jupiterone-client-nodejs/dist/j1client');
  client = await new JupiterOneClient({ account: 'acme', accessToken: 'token' }).init();
  folder = scratchFolder();
});

after(async () => {
  fs.rmSync(folder, { recursive: true });
  assert.equal(await server.stop(), 0);
});

function j1(...args) {
  return run(
    path.join(program('@jupiterone/jupiterone-client-nodejs'), 'bin', 'j1'),
    ['-a', 'acme', '-k', 'token', ...args],
    {
      cwd: folder,
      env: { NODE_OPTIONS: `--require ${path.join(__dirname, 'jupiterone_is_here.js')}` },
    },
  );
}

function input(name, content) {
  const file = path.join(folder, name);
  fs.writeFileSync(file, JSON.stringify(content));
  return file;
}

test('the library creates, changes and deletes an entity', async () => {
  const created = await client.createEntity('host:1', 'host', ['Host'], { name: 'web-1', cpus: 4 });
  const id = created.vertex.entity._id;
  assert.match(id, /^[0-9a-f-]{36}$/);
  assert.equal(created.entity._id, id);
  await client.updateEntity(id, { cpus: 8, 'tag.Env': 'prod' });
  const [host] = await client.queryV1("Find host with name='web-1'");
  assert.equal(host.properties.cpus, 8);
  assert.equal(host.properties['tag.Env'], 'prod');
  assert.deepEqual(host.entity._class, ['Host']);
  const deleted = await client.deleteEntity(id, false);
  assert.equal(deleted.entity._deleted, true);
  assert.deepEqual(await client.queryV1("Find host with name = 'web-1'"), []);
});

test('the library joins entities, and reads a tree', async () => {
  const from = await client.createEntity('user:1', 'user', ['User'], { name: 'ada' });
  const to = await client.createEntity('repo:1', 'repo', ['CodeRepo'], { name: 'core' });
  const made = await client.createRelationship(
    'user:1|owns|repo:1',
    'user_owns_repo',
    'OWNS',
    from.vertex.id,
    to.vertex.id,
    { since: 2020 },
  );
  assert.equal(made.edge.fromVertexId, from.vertex.id);
  assert.equal(made.edge.properties.since, 2020);
  const tree = await client.queryV1('FIND user THAT OWNS repo RETURN TREE');
  assert.equal(tree.vertices.length, 2);
  assert.equal(tree.edges[0].relationship._class, 'OWNS');
});

test('the library reads every page of a long answer once', async () => {
  const { job } = await post(`${server.url}/persister/synchronization/jobs`, { scope: 'many' });
  const base = `${server.url}/persister/synchronization/jobs/${job.id}`;
  const entities = Array.from({ length: 620 }, (_, number) => ({
    _key: `n:${number}`,
    _type: 'numbered',
    _class: 'Record',
    number,
  }));
  await post(`${base}/upload`, { entities });
  await post(`${base}/finalize`, {});
  const found = await client.queryV1('FIND numbered');
  assert.equal(new Set(found.map((row) => row.properties.number)).size, 620);
  assert.equal(found.length, 620);
  const table = await client.queryV1('FIND numbered AS n RETURN n.number ORDER BY n.number');
  assert.deepEqual(table.slice(0, 2), [{ 'n.number': 0 }, { 'n.number': 1 }]);
  assert.equal(table.length, 620);
});

test('the library keeps raw data and questions', async () => {
  const { vertex } = await client.createEntity('raw:1', 'thing', ['Record'], {});
  assert.equal(await client.upsertEntityRawData(vertex.id, 'default', 'application/json', { a: [1] }), true);
  const question = await client.createQuestion({
    title: 'Which things?',
    queries: [{ query: 'FIND thing', version: 'v1' }],
    tags: ['t'],
  });
  assert.equal(question.title, 'Which things?');
  assert.equal(question.accountId, 'acme');
  const changed = await client.updateQuestion({ id: question.id, title: 'Things', queries: question.queries.map(({ query }) => ({ query })) });
  assert.equal(changed.title, 'Things');
  assert.equal((await client.deleteQuestion(question.id)).id, question.id);
});

test('the library says what is wrong with a query, at once', async () => {
  await assert.rejects(client.queryV1('FIND'), /Error parsing query\. Unexpected/);
});

test('j1 asks a query', async () => {
  const { code, output } = await j1('-q', "FIND user WITH name = 'ada'", '--output-file', 'ada.json');
  assert.equal(code, 0, output);
  const [ada] = JSON.parse(fs.readFileSync(path.join(folder, 'ada.json')));
  assert.equal(ada.entity._key, 'user:1');
});

test('j1 creates, updates, upserts and deletes entities, many at a time', async () => {
  const hosts = Array.from({ length: 20 }, (_, number) => ({
    entityKey: `cli:${number}`,
    entityType: 'cli_host',
    entityClass: 'Host',
    properties: { name: `cli-${number}`, active: true },
  }));
  const created = await j1('-o', 'create', '--entity', '-f', input('create.json', hosts));
  assert.equal(created.code, 0, created.output);
  assert.match(created.output, /created 20 entities|created? 20 entities/);
  assert.equal((await rows(server, 'FIND cli_host WITH active = true')).length, 20);

  const changes = [{ entityKey: 'cli:0', properties: { active: false } }];
  const updated = await j1('-o', 'update', '--entity', '-f', input('update.json', changes));
  assert.equal(updated.code, 0, updated.output);
  assert.equal((await rows(server, 'FIND cli_host WITH active = true')).length, 19);

  const both = [
    { ...hosts[1], properties: { active: false } },
    { ...hosts[0], entityKey: 'cli:new' },
  ];
  const upserted = await j1('-o', 'upsert', '--entity', '-f', input('upsert.json', both));
  assert.equal(upserted.code, 0, upserted.output);
  assert.equal((await rows(server, 'FIND cli_host')).length, 21);
  assert.equal((await rows(server, 'FIND cli_host WITH active = false')).length, 2);

  const keys = hosts.map(({ entityKey }) => ({ entityKey }));
  const deleted = await j1('-o', 'delete', '--entity', '--hard-delete', '-f', input('delete.json', keys));
  assert.equal(deleted.code, 0, deleted.output);
  assert.deepEqual((await rows(server, 'FIND cli_host')).map((row) => row.entity._key), ['cli:new']);
});

test('the commands of docs/server.md work as written', async () => {
  input('entities.json', [{ entityKey: 'doc:1', entityType: 'doc_host', entityClass: ['Host'] }]);
  const commands = documented('j1', server);
  assert.equal(commands.length, 2);
  for (const command of commands.reverse()) {
    const { code, output } = await j1(...command);
    assert.equal(code, 0, `${command.join(' ')}: ${output}`);
  }
  const hosts = JSON.parse(fs.readFileSync(path.join(folder, 'hosts.json')));
  assert.ok(hosts.some(({ entity }) => entity._key === 'doc:1'));
});

test('j1 creates relationships and questions', async () => {
  const [ada] = await rows(server, 'FIND user');
  const [repo] = await rows(server, 'FIND repo');
  const uses = {
    relationshipKey: 'cli:r',
    relationshipType: 'user_uses_repo',
    relationshipClass: 'USES',
    fromEntityId: ada.id,
    toEntityId: repo.id,
  };
  const joined = await j1('-o', 'create', '--relationship', '-f', input('r.json', [uses]));
  assert.equal(joined.code, 0, joined.output);
  assert.equal((await rows(server, 'FIND user THAT USES repo')).length, 1);
  const question = { title: 'Who?', queries: [{ query: 'FIND user' }] };
  const asked = await j1('-o', 'create', '--question', '-f', input('q.json', [question]));
  assert.equal(asked.code, 0, asked.output);
  assert.match(asked.output, /Created 1 questions/);
});

test('j1 tells that alert rules are not served', async () => {
  const rule = { instance: { name: 'r', question: { queries: [{ query: 'FIND user' }] } } };
  const { output } = await j1('-o', 'create', '--alert', '-f', input('alert.json', [rule]));
  assert.match(output, /it is not served here/);
});
