// @jupiterone/integration-sdk-runtime: jobs in every mode, with compressed uploads.
const assert = require('node:assert/strict');
const { test, before, after } = require('node:test');
const { load, startServer, rows } = require('./running_server');

const runtime = load('@jupiterone/integration-sdk-runtime');
let server;
let apiClient;
const logger = { info() {}, warn() {}, error() {}, debug() {}, trace() {}, child: () => logger };

before(async () => {
  server = await startServer();
  apiClient = runtime.createApiClient({
    apiBaseUrl: server.url,
    account: 'acme',
    accessToken: 'token',
    compressUploads: true,
  });
});

after(async () => {
  assert.equal(await server.stop(), 0);
});

// The runtime starts jobs of its own kinds; the other modes are asked with its client.
async function start(body) {
  const answer = await apiClient.post('/persister/synchronization/jobs', body);
  return { apiClient, job: answer.data.job, logger };
}

async function synchronize(context, { entities = [], relationships = [] }) {
  await runtime.uploadGraphObjectData(context, { entities, relationships });
  return runtime.finalizeSynchronization({ ...context, partialDatasets: { types: [] } });
}

const host = (key, properties) => ({ _key: key, _type: 'host', _class: ['Host'], ...properties });

test('DIFF: a managed integration replaces what it had', async () => {
  const initiate = () =>
    runtime.initiateSynchronization({
      logger,
      apiClient,
      source: 'integration-managed',
      integrationInstanceId: 'one',
    });
  const first = await initiate();
  assert.equal(first.job.integrationJobId, first.job.id);
  const job = await synchronize(first, {
    entities: [host('a', { name: 'a', cpus: 2 }), host('b', { name: 'b', cpus: 2 })],
    relationships: [
      { _key: 'a|b', _type: 'host_uses_host', _class: 'USES', _fromEntityKey: 'a', _toEntityKey: 'b' },
    ],
  });
  assert.equal(job.status, 'FINISHED');
  assert.equal(job.numEntitiesCreated, 2);
  assert.equal(job.numRelationshipsCreated, 1);
  const again = await synchronize(await initiate(), { entities: [host('a', { name: 'a', cpus: 4 })] });
  assert.equal(again.numEntitiesUpdated, 1);
  assert.equal(again.numEntitiesDeleted, 1);
  assert.equal(again.numRelationshipsDeleted, 1);
});

test('PATCH, then OVERRIDE, then its end: the patch shows again until the owner comes', async () => {
  const [{ id }] = await rows(server, "FIND host WITH name = 'a'");
  const cpus = async () => (await rows(server, 'FIND host AS h RETURN h.cpus'))[0]['h.cpus'];
  const patch = await start({ source: 'api', scope: 'p', syncMode: 'PATCH' });
  await synchronize(patch, { entities: [{ _id: id, cpus: 6 }] });
  assert.equal(await cpus(), 6);
  const set = await start({ source: 'api', scope: 'o', syncMode: 'OVERRIDE' });
  const job = await synchronize(set, { entities: [{ _id: id, cpus: 64 }] });
  assert.equal(job.numEntitiesUpdated, 1);
  assert.equal(await cpus(), 64);
  const clear = await start({ source: 'api', scope: 'o', syncMode: 'OVERRIDE' });
  await runtime.finalizeSynchronization({ ...clear, partialDatasets: { types: [] } });
  assert.equal(await cpus(), 6);
});

test('CROSS_SCOPE joins what two owners have', async () => {
  const other = await start({ source: 'api', scope: 'teams' });
  await synchronize(other, {
    entities: [{ _key: 't', _type: 'team', _class: ['Team'], name: 'core' }],
  });
  const join = await start({ source: 'api', scope: 'joins', syncMode: 'CROSS_SCOPE' });
  const job = await synchronize(join, {
    relationships: [
      {
        _key: 't|owns|a',
        _type: 'team_owns_host',
        _class: 'OWNS',
        _fromEntityKey: 't',
        _fromEntitySource: 'api',
        _fromEntityScope: 'teams',
        _toEntityKey: 'a',
        _toEntitySource: 'integration-managed',
        _toEntityScope: 'one',
      },
    ],
  });
  assert.equal(job.numRelationshipsCreated, 1);
  assert.equal((await rows(server, 'FIND team THAT OWNS host')).length, 1);
});

test('CREATE_OR_UPDATE deletes by list', async () => {
  const { job } = await start({ source: 'api', syncMode: 'CREATE_OR_UPDATE' });
  const [{ id }] = await rows(server, 'FIND team');
  const base = `/persister/synchronization/jobs/${job.id}`;
  await apiClient.post(`${base}/upload`, { deleteEntities: [{ _id: id }] });
  await apiClient.post(`${base}/finalize`, {});
  assert.deepEqual(await rows(server, 'FIND team'), []);
});

test('a job that was aborted takes nothing more, and says so in its own way', async () => {
  const context = await start({ source: 'api', scope: 'aborted' });
  const job = await runtime.abortSynchronization({ ...context, reason: 'enough' });
  assert.equal(job.status, 'ABORTED');
  await assert.rejects(
    runtime.uploadData(context, 'entities', [host('x', {})]),
    (error) => error.code === 'INTEGRATION_UPLOAD_AFTER_JOB_ENDED',
  );
});

test('refusals carry their code', async () => {
  await assert.rejects(start({ source: 'api', syncMode: 'OVERRIDE' }), (error) => {
    assert.equal(error.response?.status ?? error.status, 400);
    return true;
  });
  const context = await start({ source: 'api', scope: 'o', syncMode: 'OVERRIDE' });
  const upload = apiClient.post(`/persister/synchronization/jobs/${context.job.id}/relationships`, {
    relationships: [{ _key: 'r' }],
  });
  await assert.rejects(upload, (error) =>
    JSON.stringify(error.response?.data ?? error).includes('RELATIONSHIPS_NOT_ALLOWED'),
  );
});
