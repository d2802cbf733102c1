// The reference implementation of GraphQL as a judge of answers: it runs generated documents over the
// schema that introspection tells, with what the server answers when it is asked for everything, and
// must come to the same data and the same verdict.
const assert = require('node:assert/strict');
const { test, before, after } = require('node:test');
const { load, startServer, post, headers } = require('./running_server');

const graphql = load('graphql');
let server;
let schema;
let samples;  // Arguments of each root field: its values, all valid.

async function synchronize(upload) {
  const jobs = `${server.url}/persister/synchronization/jobs`;
  const send = async (url, body) => {
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await answer.json()).job;
  };
  const { id } = await send(jobs, { source: 'api', scope: 's' });
  await send(`${jobs}/${id}/upload`, upload);
  assert.equal((await send(`${jobs}/${id}/finalize`, {})).status, 'FINISHED');
}

async function ask(query, variables) {
  const answer = await post(`${server.url}/graphql`, { query, variables });
  assert.equal(answer.errors, undefined, JSON.stringify(answer.errors));
  return answer.data;
}

async function fill() {
  await synchronize({
    entities: ['a', 'b', 'c'].map((key, index) => ({
      _key: key, _type: index ? 'repo' : 'user', _class: ['Thing'], displayName: key, size: index, 'tag.x': [key],
    })),
    relationships: [{ _key: 'r', _type: 'user_owns_repo', _class: 'OWNS', _fromEntityKey: 'a', _toEntityKey: 'b', since: 1 }],
  });
  const { vertex } = await ask('{ vertex(filters: {_key: "a"}) { id } }');
  const tree = await ask('{ queryV1(query: "FIND user THAT OWNS repo RETURN TREE") { data } }');
  const edge = tree.queryV1.data.edges[0].id;
  const documents = [{ name: 'j', contentType: 'application/json', data: { k: [1] } }, { name: 't', contentType: 'text/plain', data: 'text' }];
  await ask('mutation($id: String!, $raw: [JSON!]!) { upsertEntityRawData(entityId: $id, source: "api", rawData: $raw) { status } }', { id: vertex.id, raw: documents });
  const question = { title: 'What?', queries: [{ query: 'FIND repo', name: 'q' }], tags: ['t'], variables: [{ name: 'v' }] };
  const created = await ask('mutation($q: CreateQuestionInput!) { createQuestion(question: $q) { id } }', { q: question });
  await ask('mutation { createSmartClass(input: {tagName: "Big"}) { id } createSmartClassQuery(input: {smartClassId: "Big", query: "FIND repo WITH size > 1"}) { id } }');
  await ask('mutation { setParameter(name: "p", value: [1, 2]) { success } createIntegrationInstance(instance: {name: "i", integrationDefinitionId: "d"}) { id } }');
  samples = {
    typeCounts: {},
    getEntityCounts: {},
    getAllAssetProperties: {},
    iamGetAccount: {},
    vertex: { id: [vertex.id], filters: [{ _key: 'b', _type: ['repo'] }, { _id: vertex.id, _class: ['Thing', 'Other'] }] },
    listVerticesV2: { filters: [{ _type: ['repo'] }, { _class: ['None'] }], limit: [1, 250] },
    edge: { id: [edge] },
    entityCount: { filters: [{ _type: ['repo', 'user'] }] },
    fetchEntityById: { entityId: [vertex.id] },
    fetchEntityContributionsById: { entityId: [vertex.id] },
    fetchRelationshipById: { relationshipId: [edge] },
    entityRawDataLegacy: { entityId: [vertex.id], source: ['api', ''], name: ['j'] },
    questions: { searchQuery: ['what', 'who'], tags: [['t'], []], limit: [5] },
    question: { id: [created.createQuestion.id] },
    smartClasses: {},
    smartClass: { id: ['Big'] },
    parameterList: { limit: [3] },
    integrationInstances: { definitionId: ['d', 'e'], limit: [2] },
    integrationDefinitions: {},
    findIntegrationDefinition: { integrationType: ['d'] },
    queryV1: { query: ['FIND repo', 'FIND repo WITH size = ${n} AS r RETURN r.size', 'FIND user THAT OWNS repo RETURN TREE'], variables: [{ n: 1 }, { n: [1, 2] }], cursor: [''], includeDeleted: [true, false], deferredResponse: ['DISABLED'], flags: [{ rowMetadata: false }] },
  };
}

before(async () => {
  server = await startServer();
  const answer = await post(`${server.url}/graphql`, { query: graphql.getIntrospectionQuery() });
  schema = graphql.buildClientSchema(answer.data);
  await fill();
});

after(async () => {
  assert.equal(await server.stop(), 0);
});

function randomNumbers(seed) {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

const fieldsOf = (type) => Object.values(type.getFields()).filter(({ name }) => name !== 'correlationId');
const membersOf = (type) => (graphql.isUnionType(type) ? schema.getPossibleTypes(type) : [type]);

// Everything of a type; instances, jobs and definitions hold each other.
function everything(type, depth = 5) {
  const named = graphql.getNamedType(type);
  if (graphql.isLeafType(named)) return '';
  const fields = (object) =>
    fieldsOf(object)
      .map((field) => [field.name, everything(field.type, depth - 1)])
      .filter(([, inner]) => inner !== null)
      .map(([name, inner]) => `${name}${inner}`)
      .join(' ');
  if (depth === 0) return null;
  if (!graphql.isUnionType(named)) return ` { __typename ${fields(named)} }`;
  return ` { __typename ${membersOf(named).map((one) => `... on ${one.name} { ${fields(one)} }`).join(' ')} }`;
}

const answers = new Map();

// A resolver of the reference: asks the server for everything that the field can have.
function resolver(field) {
  return (_, args) => {
    const key = field.name + JSON.stringify(args);
    if (!answers.has(key)) answers.set(key, asked(field, args));
    return answers.get(key);
  };
}

async function asked(field, args) {
  const given = field.args.filter(({ name }) => name in args);
  const declared = given.map(({ name, type }) => `$${name}: ${type}`).join(' ');
  const passed = given.map(({ name }) => `${name}: $${name}`).join(' ');
  const text = `query${declared && `(${declared})`} { it: ${field.name}${passed && `(${passed})`}${everything(field.type)} }`;
  const answer = await post(`${server.url}/graphql`, { query: text, variables: args });
  if (answer.errors) throw new Error(answer.errors[0].message);
  return answer.data.it;
}

// Documents by the schema: each choice is drawn, so that all of them meet.
class Generator {
  constructor(random) {
    this.random = random;
  }

  pick(list) {
    return list[this.random(list.length)];
  }

  chance(one_in) {
    return this.random(one_in) === 0;
  }

  operation() {
    this.fragments = [];
    this.declared = [];
    this.variables = {};
    this.aliases = 0;
    const selections = this.roots(1 + this.random(3));
    const declared = this.declared.length ? `(${this.declared.join(', ')})` : '';
    const name = this.chance(2) ? ' Q' : '';
    const head = declared || name ? `query${name}${declared} ` : '';
    return { query: [`${head}{ ${HERE}${selections} }`, ...this.fragments].join('\n'), variables: this.variables };
  }

  roots(count) {
    const query = schema.getQueryType();
    const one = () => this.field(query.getFields()[this.pick(Object.keys(samples))], 4, samples);
    return this.arranged(query, Array.from({ length: count }, one));
  }

  // Selections, some of them behind fragments.
  arranged(type, selections) {
    return selections
      .map((text) => {
        if (this.chance(6)) return this.fragment(type, text);
        if (this.chance(8)) return `... ${this.chance(2) ? `on ${type.name} ` : ''}${this.directive()}{ ${text} }`;
        return text;
      })
      .join(this.chance(5) ? ', # next\n' : ' ');
  }

  fragment(type, text) {
    const name = `F${this.fragments.length}`;
    this.fragments.push('');
    const inner = this.chance(3) ? this.fragment(type, text) : text;
    this.fragments[Number(name.slice(1))] = `fragment ${name} on ${type.name} { ${inner} ${this.chance(3) ? '__typename' : ''} }`;
    const again = this.chance(4) ? ` ...${name}` : '';
    return `...${name} ${this.directive()}${again}`;
  }

  field(field, depth, values) {
    const alias = values || this.chance(4) ? `x${this.aliases++}: ` : '';
    const args = values ? this.args(field, values[field.name]) : '';
    return `${alias}${field.name}${args} ${this.directive()}${this.set(field.type, depth - 1)}`;
  }

  set(type, depth) {
    const named = graphql.getNamedType(type);
    if (graphql.isLeafType(named)) return '';
    const inner = (object) => {
      const open = fieldsOf(object).filter((field) => depth > 0 || graphql.isLeafType(graphql.getNamedType(field.type)));
      const count = 1 + this.random(4);
      const chosen = Array.from({ length: count }, () => (this.chance(6) || !open.length ? '__typename' : this.field(this.pick(open), depth)));
      return this.arranged(object, chosen);
    };
    if (!graphql.isUnionType(named)) return `{ ${inner(named)} }`;
    // The members of the union name one field differently, or it would have two types.
    const parts = membersOf(named).filter(() => !this.chance(4)).map((one) => `... on ${one.name} { y${this.aliases++}: ${this.pick(['name', 'contentType', 'data', '__typename'])} name }`);
    return `{ __typename ${parts.join(' ')} }`;
  }

  directive() {
    if (!this.chance(8)) return '';
    const name = this.pick(['skip', 'include']);
    const value = this.pick([true, false]);
    if (this.chance(2)) return `@${name}(if: ${value}) `;
    return `@${name}(if: ${this.variable('Boolean!', value)}) `;
  }

  args(field, values) {
    const given = field.args.filter(({ name, type }) => name in values && (graphql.isNonNullType(type) || !this.chance(2)));
    // A vertex is asked for by something.
    if (field.name === 'vertex' && given.length === 0) given.push(field.args[0]);
    const texts = given.map(({ name, type }) => `${name}: ${this.value(type, this.pick(values[name]))}`);
    return texts.length ? `(${texts.join(', ')})` : '';
  }

  value(type, value) {
    if (this.chance(2)) return this.variable(String(type), value);
    return this.literal(graphql.getNullableType(type), value);
  }

  literal(type, value) {
    if (value === null) return 'null';
    if (graphql.isListType(type)) {
      // One value stands for a list of it.
      if (value.length === 1 && this.chance(2)) return this.literal(graphql.getNullableType(type.ofType), value[0]);
      return `[${value.map((item) => this.literal(graphql.getNullableType(type.ofType), item)).join(', ')}]`;
    }
    if (graphql.isEnumType(type)) return value;
    if (Array.isArray(value)) return `[${value.map((item) => this.literal(undefined, item)).join(' ')}]`;
    if (typeof value === 'object') {
      const member = (name) => (type?.getFields ? graphql.getNullableType(type.getFields()[name].type) : undefined);
      return `{${Object.entries(value).map(([name, item]) => `${name}: ${this.literal(member(name), item)}`).join(' ')}}`;
    }
    if (typeof value === 'string' && this.chance(4)) return `"""${value}"""`;
    return JSON.stringify(value);
  }

  // Given, or left to its default, or for what may be null given as null.
  variable(type, value) {
    const name = `v${this.declared.length}`;
    const nullable = type.replace(/!$/, '');
    const parsed = graphql.typeFromAST(schema, graphql.parseType(nullable));
    if (this.chance(3)) {
      this.declared.push(`$${name}: ${nullable} = ${this.literal(parsed, value)}`);
      if (this.chance(3)) this.variables[name] = value;
      return `$${name}`;
    }
    this.declared.push(`$${name}: ${type}`);
    if (nullable !== type || !this.chance(3)) this.variables[name] = nullable === type && this.chance(4) ? null : value;
    return `$${name}`;
  }
}

const HERE = '#here\n';  // Where something can be put into an operation.

// Mistakes, each put into a good document. What it returns is a request again.
const MISTAKES = {
  'unknown fragment': ({ query }) => ({ query: query.replace(HERE, '...Unknown ') }),
  'unknown root field': ({ query }) => ({ query: query.replace(HERE, 'unknownField ') }),
  'undefined variable': ({ query }) => ({ query: query.replace(HERE, 'z: vertex(id: $undefined) { id } ') }),
  'undefined variable of a directive': ({ query }) => ({ query: query.replace(HERE, 'typeCounts @skip(if: $undefined) ') }),
  'two fields of one name': ({ query }) => ({ query: query.replace(HERE, 'z: typeCounts z: getAllAssetProperties ') }),
  'one name, two arguments': ({ query }) => ({ query: query.replace(HERE, 'entityCount entityCount(filters: {_key: "a"}) ') }),
  'two fields of one name below': ({ query }) => ({ query: query.replace(HERE, 'z: iamGetAccount { n: accountId } z: iamGetAccount { n: accountName } ') }),
  'an argument twice': ({ query }) => ({ query: query.replace(HERE, 'z: edge(id: "a", id: "a") { id } ') }),
  'a member twice': ({ query }) => ({ query: query.replace(HERE, 'z: entityCount(filters: {_id: "a", _id: "a"}) ') }),
  'a missing argument': ({ query }) => ({ query: query.replace(HERE, 'z: edge { id } ') }),
  'an unknown argument': ({ query }) => ({ query: query.replace(HERE, 'z: typeCounts(unknown: 1) ') }),
  'null for a required argument': ({ query }) => ({ query: query.replace(HERE, 'z: edge(id: null) { id } ') }),
  'a number for a string': ({ query }) => ({ query: query.replace(HERE, 'z: edge(id: 5) { id } ') }),
  'a list for a string': ({ query }) => ({ query: query.replace(HERE, 'z: edge(id: ["a"]) { id } ') }),
  'a string for a number': ({ query }) => ({ query: query.replace(HERE, 'z: listVerticesV2(limit: "1") { vertices { id } } ') }),
  'a fraction for an Int': ({ query }) => ({ query: query.replace(HERE, 'z: listVerticesV2(limit: 1.5) { vertices { id } } ') }),
  'an unknown enum value': ({ query }) => ({ query: query.replace(HERE, 'z: queryV1(query: "FIND repo", deferredResponse: NEVER) { type } ') }),
  'a string for an enum value': ({ query }) => ({ query: query.replace(HERE, 'z: queryV1(query: "FIND repo", deferredResponse: "DISABLED") { type } ') }),
  'a number in a list of strings': ({ query }) => ({ query: query.replace(HERE, 'z: entityCount(filters: {_type: ["a", 1]}) ') }),
  'null in a list': ({ query }) => ({ query: query.replace(HERE, 'z: entityCount(filters: {_type: [null]}) ') }),
  'no selection of an object': ({ query }) => ({ query: query.replace(HERE, 'z: iamGetAccount ') }),
  'a selection of a string': ({ query }) => ({ query: query.replace(HERE, 'z: iamGetAccount { accountId { a } } ') }),
  'a fragment in itself': ({ query }) => ({ query: `${query.replace(HERE, '...Z ')} fragment Z on Query { typeCounts ...Y } fragment Y on Query { ...Z }` }),
  'a fragment twice': ({ query }) => ({ query: `${query.replace(HERE, '...Z ')} fragment Z on Query { typeCounts } fragment Z on Query { typeCounts }` }),
  'two anonymous operations': ({ query }) => ({ query: `{ typeCounts } { typeCounts } # ${query.replace(/\n/g, ' ')}` }),
  'two operations of one name': () => ({ query: 'query A { typeCounts } query A { typeCounts }', operationName: 'A' }),
  'an operation too many': () => ({ query: 'query A { typeCounts } query B { typeCounts }' }),
  'an unknown operation': ({ query }) => ({ query, operationName: 'Unknown' }),
  'a variable twice': () => ({ query: 'query($a: String!, $a: String!) { edge(id: $a) { id } }', variables: { a: 'x' } }),
  'a missing variable': () => ({ query: 'query($a: String!) { z: vertex(id: $a) { id } }', variables: {} }),
  'null for a required variable': () => ({ query: 'query($a: String!) { z: vertex(id: $a) { id } }', variables: { a: null } }),
  'null over a default': () => ({ query: 'query($a: String = "FIND repo") { queryV1(query: $a) { type } }', variables: { a: null } }),
  'a number as a variable': () => ({ query: 'query($a: String!) { queryV1(query: $a) { type } }', variables: { a: 5 } }),
  'a wrong member of a variable': () => ({ query: 'query($a: VertexFilters) { entityCount(filters: $a) }', variables: { a: { _key: 5 } } }),
  'an unknown enum value as a variable': () => ({ query: 'query($a: DeferredResponseOption) { queryV1(query: "FIND repo", deferredResponse: $a) { type } }', variables: { a: 'NEVER' } }),
  'a directive without its condition': ({ query }) => ({ query: query.replace(HERE, 'typeCounts @include ') }),
  'a directive with a word': ({ query }) => ({ query: query.replace(HERE, 'typeCounts @include(if: "true") ') }),
  'null as a condition': () => ({ query: 'query($b: Boolean = true) { typeCounts @skip(if: $b) }', variables: { b: null } }),
};

// Nobody is harmed by what nothing uses, and clients of other versions send such documents.
const rules = graphql.specifiedRules.filter(({ name }) => !['NoUnusedVariablesRule', 'NoUnusedFragmentsRule'].includes(name));

async function reference({ query, variables, operationName }) {
  const document = graphql.parse(query);
  const errors = graphql.validate(schema, document, rules);
  if (errors.length > 0) return { errors };
  const rootValue = Object.fromEntries(
    fieldsOf(schema.getQueryType()).map((field) => [field.name, (args) => resolver(field)(undefined, args)]),
  );
  return graphql.execute({ schema, document, rootValue, variableValues: variables, operationName });
}

async function compare(requests, describe) {
  const answered = await post(`${server.url}/graphql`, requests);
  for (const [index, request] of requests.entries()) {
    const wanted = await reference(request);
    const got = answered[index];
    const about = `${describe(index)}\n${JSON.stringify(request)}\nreference: ${wanted.errors?.[0]?.message ?? 'good'}\nserver: ${got.errors?.[0]?.message ?? 'good'}`;
    assert.equal(got.errors !== undefined, wanted.errors !== undefined, about);
    if (!wanted.errors) assert.deepEqual(got.data, JSON.parse(JSON.stringify(wanted.data)), about);
  }
  return answered;
}

test('600 generated documents have the answers of the reference', async () => {
  const generator = new Generator(randomNumbers(20261124));
  let failing = 0;
  for (let round = 0; round < 12; ++round) {
    const requests = Array.from({ length: 50 }, () => generator.operation());
    const answered = await compare(requests, (index) => `document ${round * 50 + index}`);
    failing += answered.filter(({ errors }) => errors).length;
  }
  // A few ask for what a query does not take, or there is nothing to compare.
  assert.ok(failing < 100, `${failing} of 600 fail`);
});

test('wrong documents of every kind are refused as by the reference', async () => {
  const generator = new Generator(randomNumbers(7));
  for (const [name, spoil] of Object.entries(MISTAKES)) {
    const requests = Array.from({ length: 5 }, () => {
      const good = generator.operation();
      return { variables: good.variables, ...spoil(good) };
    });
    const answered = await compare(requests, () => name);
    for (const { errors } of answered) assert.ok(errors, name);
  }
});
