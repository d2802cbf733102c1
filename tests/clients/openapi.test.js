// /openapi.json: a valid document by a linter of its own, of the routes that there are, all of them.
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { test, before, after } = require('node:test');
const { load, startServer, headers } = require('./running_server');

let server;
let description;

before(async () => {
  server = await startServer();
  description = await (await fetch(`${server.url}/openapi.json`)).json();
});

after(async () => {
  assert.equal(await server.stop(), 0);
});

const METHODS = ['get', 'post'];
const operations = () =>
  Object.entries(description.paths).flatMap(([route, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ route, method, operation })),
  );

test('the linter finds nothing', async () => {
  const { Validator } = await import(pathToFileURL(load.resolve('@seriousme/openapi-schema-validator')).href);
  const good = await new Validator().validate(description);
  assert.deepEqual(good, { valid: true });
  // It can find something.
  const bad = structuredClone(description);
  delete bad.paths['/v1/why'].get.responses;
  assert.equal((await new Validator().validate(bad)).valid, false);
});

test('parameters of a path are those in it, references lead somewhere, and query flags are declared', () => {
  const find = (reference) =>
    reference.slice(2).split('/').reduce((node, name) => node[name], description);
  const text = JSON.stringify(description);
  for (const [, reference] of text.matchAll(/"\$ref":"([^"]*)"/g)) {
    assert.ok(find(reference), reference);
  }
  for (const { route, method, operation } of operations()) {
    assert.ok(METHODS.includes(method));
    const parameters = (operation.parameters ?? []).map((one) => (one.$ref ? find(one.$ref) : one));
    const inPath = parameters.filter((one) => one.in === 'path').map(({ name }) => name);
    assert.deepEqual(inPath, [...route.matchAll(/{(\w+)}/g)].map(([, name]) => name), route);
    assert.equal(new Set(parameters.map((one) => one.in + one.name)).size, parameters.length, route);
  }
});

// What the server calls its routes in logs and metrics.
function routesOfTheSources() {
  const folder = path.join(__dirname, '..', '..', 'server', 'service');
  const routes = new Set();
  for (const file of fs.readdirSync(folder).filter((name) => name.endsWith('.cpp'))) {
    const text = fs.readFileSync(path.join(folder, file), 'utf8');
    for (const [, route] of text.matchAll(/"((?:GET|POST) \/[^"\s]*)"(?! name)/g)) routes.add(route);
    for (const [, action] of text.matchAll(/CALLISTO_JOB_ROUTE\("(\w+)"\)/g)) {
      routes.add(`POST /persister/synchronization/jobs/{id}/${action}`);
    }
  }
  return routes;
}

test('every route of the server is described, and every described one is a route', async () => {
  const described = new Set(operations().map(({ route, method }) => `${method.toUpperCase()} ${route}`));
  const routes = routesOfTheSources();
  assert.ok(routes.size > 15);
  // One route by three names.
  for (const same of ['POST /', 'POST /rules/graphql']) assert.ok(described.delete(same));
  assert.deepEqual([...described].sort(), [...routes].sort());
});

test('what is described is answered, with a status that is described', async () => {
  const jobs = `${server.url}/persister/synchronization/jobs`;
  const start = await fetch(jobs, { method: 'POST', headers, body: '{"source":"api","scope":"s"}' });
  const { id } = (await start.json()).job;
  for (const { route, method, operation } of operations()) {
    const target = route.replace(/\/jobs\/{id}/, `/jobs/${id}`).replace(/{\w+}/g, 'none');
    const answer = await fetch(server.url + target, { method: method.toUpperCase(), headers });
    const text = await answer.text();
    const about = `${method} ${target}: ${answer.status} ${text.slice(0, 200)}`;
    assert.ok(!text.includes('no such route'), about);
    assert.ok(operation.responses[answer.status], about);
    if (operation.security?.length === 0) continue;
    // In development mode the figures are open.
    const anonymous = await fetch(server.url + target, { method: method.toUpperCase() });
    if (route !== '/metrics') assert.equal(anonymous.status, 401, about);
  }
});
