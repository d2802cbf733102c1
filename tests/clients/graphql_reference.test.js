// The reference implementation of GraphQL as a judge: of the schema that introspection answers, and of what
// is a document and what is not.
const assert = require('node:assert/strict');
const { test, before, after } = require('node:test');
const { load, startServer, post } = require('./running_server');

const graphql = load('graphql');
let server;
let schema;

before(async () => {
  server = await startServer();
  const query = graphql.getIntrospectionQuery({ inputValueDeprecation: true, schemaDescription: true });
  const answer = await post(`${server.url}/graphql`, { query });
  assert.equal(answer.errors, undefined);
  schema = graphql.buildClientSchema(answer.data);
});

after(async () => {
  assert.equal(await server.stop(), 0);
});

test('introspection is a valid schema', () => {
  assert.deepEqual(graphql.validateSchema(schema), []);
  assert.ok(Object.keys(schema.getQueryType().getFields()).length > 20);
  assert.ok(Object.keys(schema.getMutationType().getFields()).length > 20);
  assert.deepEqual(
    schema.getPossibleTypes(schema.getType('RawDataEntityLegacy')).map(({ name }) => name),
    ['RawDataJSONEntityLegacy', 'RawDataTextEntityLegacy'],
  );
});

test('what the node client sends is valid by this schema, alert rules aside', () => {
  const documents = load('@jupiterone/jupiterone-client-nodejs/dist/queries');
  for (const [name, document] of Object.entries(documents)) {
    if (name.includes('ALERT')) continue;
    const text = document.loc.source.body;
    assert.deepEqual(graphql.validate(schema, graphql.parse(text)), [], name);
  }
});

// A small linear congruential generator: the same documents on every machine.
function randomNumbers(seed) {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

const NAMES = ['a', 'b1', '_c', 'on', 'fragment', 'query', 'true', 'null', 'type', 'input', 'queryV1'];
const SCALARS = ['1', '-0', '0.5', '1e9', '-1.25E-3', '"s"', '"\\u00e4\\n"', '"\\u{1F600}"', '"""\n  block "" \\""" \n"""', 'E', 'true', 'null', '""'];

// A document as text, by the grammar.
function generate(random, depth = 3) {
  const pick = (list) => list[random(list.length)];
  const some = (count, make, separator = ' ') =>
    Array.from({ length: count }, make).join(separator);
  const name = () => pick(NAMES);
  const value = (left, constant) => {
    const kind = random(left > 0 ? 8 : 5);
    if (kind < 4) return pick(SCALARS);
    if (kind === 4) return constant ? pick(SCALARS) : `$${name()}`;
    if (kind < 7) return `[${some(random(3), () => value(left - 1, constant), ', ')}]`;
    return `{${some(random(3), () => `${name()}: ${value(left - 1, constant)}`)}}`;
  };
  const args = (constant) =>
    random(3) === 0 ? `(${some(1 + random(2), () => `${name()}: ${value(2, constant)}`, ', ')})` : '';
  const directives = (constant) =>
    random(5) === 0 ? ` ${some(1 + random(2), () => `@${name()}${args(constant)}`)}` : '';
  const fragmentName = () => pick(NAMES.filter((word) => word !== 'on'));
  const selection = (left) => {
    const kind = random(6);
    if (kind === 0) return `... ${fragmentName()}${directives(false)}`;
    if (kind === 1 && left > 0) {
      return `...${random(2) ? ` on ${name()}` : ''}${directives(false)} ${set(left - 1)}`;
    }
    const alias = random(4) === 0 ? `${name()}: ` : '';
    const inner = left > 0 && random(2) ? ` ${set(left - 1)}` : '';
    return `${alias}${name()}${args(false)}${directives(false)}${inner}`;
  };
  const set = (left) => `{ ${some(1 + random(3), () => selection(left), random(4) ? ' ' : ' # comment\n')} }`;
  const type = (left) =>
    (random(3) === 0 && left > 0 ? `[${type(left - 1)}]` : name()) + (random(3) === 0 ? '!' : '');
  const variables = () =>
    random(2)
      ? `(${some(1 + random(2), () => `$${name()}: ${type(2)}${random(3) ? '' : ` = ${value(2, true)}`}${directives(true)}`, ', ')})`
      : '';
  const definition = () => {
    const kind = random(5);
    if (kind === 0) return set(depth);
    if (kind === 1) return `fragment ${fragmentName()} on ${name()}${directives(false)} ${set(depth)}`;
    const word = pick(['query', 'mutation', 'subscription']);
    return `${word} ${random(2) ? name() : ''}${variables()}${directives(false)} ${set(depth)}`;
  };
  return some(1 + random(2), definition, '\n');
}

// Something left out, doubled, swapped or put in between: mostly no document any more.
function mutate(text, random) {
  const tokens = text.match(/"""[^]*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*\n|[\w.+-]+|\s+|[^]/g);
  const at = random(tokens.length);
  const other = random(tokens.length);
  const extra = ['{', '}', '(', ')', '[', ']', '!', '$', ':', '=', '@', '...', '"', '"""', '..', '01', '1.', '|', '&', '%', '\\', 'on', '-', ',', '\uFEFF'];
  switch (random(4)) {
    case 0:
      tokens.splice(at, 1);
      break;
    case 1:
      tokens.splice(at, 0, tokens[other]);
      break;
    case 2:
      [tokens[at], tokens[other]] = [tokens[other], tokens[at]];
      break;
    default:
      tokens.splice(at, 0, extra[random(extra.length)]);
  }
  return tokens.join('');
}

// Whether the reference takes it as an executable document: undefined for a schema, which nobody sends.
function isDocument(text) {
  try {
    const { definitions } = graphql.parse(text, { noLocation: true });
    const executable = ['OperationDefinition', 'FragmentDefinition'];
    return definitions.every(({ kind }) => executable.includes(kind)) ? true : undefined;
  } catch (error) {
    assert.ok(error instanceof graphql.GraphQLError, error.stack);
    return false;
  }
}

test('server and reference agree on what is a document', async () => {
  const random = randomNumbers(20250924);
  const counts = { good: 0, bad: 0 };
  for (let round = 0; round < 40; ++round) {
    const texts = [];
    while (texts.length < 100) {
      const text = generate(random);
      for (const candidate of [text, mutate(text, random), mutate(mutate(text, random), random)]) {
        if (isDocument(candidate) !== undefined) texts.push(candidate);
      }
    }
    texts.length = 100;
    const answers = await post(`${server.url}/graphql`, texts.map((query) => ({ query })));
    assert.equal(answers.length, 100);
    answers.forEach(({ errors }, index) => {
      const wanted = isDocument(texts[index]);
      const refused = errors?.[0].extensions.code === 'GRAPHQL_PARSE_FAILED';
      assert.equal(!refused, wanted, `${JSON.stringify(texts[index])}: ${errors?.[0].message}`);
      counts[wanted ? 'good' : 'bad'] += 1;
    });
  }
  // Both kinds are there, or nothing was compared.
  assert.ok(counts.good > 1000 && counts.bad > 1000, JSON.stringify(counts));
});

test('server and reference name the same place of a mistake', async () => {
  for (const text of ['{ a(b: ) }', '{\n  a {\n  }\n}', 'query($a: Int = $b) { a }', 'fragment on on T { a }', '{ a } }', 'query Q(', '{ a @ }']) {
    let wanted;
    try {
      graphql.parse(text);
    } catch (error) {
      [wanted] = error.locations;
    }
    const answer = await post(`${server.url}/graphql`, { query: text });
    assert.deepEqual(answer.errors[0].locations, [{ ...wanted }], text);
  }
});
