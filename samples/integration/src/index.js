// An office, its people and their laptops. A real integration would ask a provider's API where this one
// reads office.json.
const { office, people, laptops } = require('./office.json');

const entities = {
  office: { resourceName: 'Office', _type: 'harbour_office', _class: ['Site'] },
  person: { resourceName: 'Person', _type: 'harbour_person', _class: ['Person'] },
  laptop: { resourceName: 'Laptop', _type: 'harbour_laptop', _class: ['Host', 'Device'] },
};

const relationships = {
  officeHasPerson: {
    _type: 'harbour_office_has_person',
    _class: 'HAS',
    sourceType: 'harbour_office',
    targetType: 'harbour_person',
  },
  personOwnsLaptop: {
    _type: 'harbour_person_owns_laptop',
    _class: 'OWNS',
    sourceType: 'harbour_person',
    targetType: 'harbour_laptop',
  },
};

const officeKey = `harbour_office:${office.id}`;
const personKey = (id) => `harbour_person:${id}`;
const laptopKey = (serial) => `harbour_laptop:${serial}`;

function entity({ _type, _class }, _key, properties, source) {
  return { _key, _type, _class, ...properties, _rawData: [{ name: 'default', rawData: source }] };
}

function relationship({ _type, _class }, _fromEntityKey, _toEntityKey) {
  const _key = `${_fromEntityKey}|${_class.toLowerCase()}|${_toEntityKey}`;
  return { _key, _type, _class, _fromEntityKey, _toEntityKey, displayName: _class };
}

async function fetchOffice({ jobState }) {
  const { name } = office;
  await jobState.addEntity(entity(entities.office, officeKey, { name, displayName: name }, office));
}

async function fetchPeople({ jobState }) {
  for (const person of people) {
    const { name, email, admin } = person;
    const key = personKey(person.id);
    await jobState.addEntity(
      entity(entities.person, key, { name, displayName: name, email, admin }, person),
    );
    await jobState.addRelationship(relationship(relationships.officeHasPerson, officeKey, key));
  }
}

async function fetchLaptops({ jobState }) {
  for (const laptop of laptops) {
    const { serial, model, encrypted } = laptop;
    const key = laptopKey(serial);
    await jobState.addEntity(
      entity(entities.laptop, key, { name: serial, displayName: serial, model, encrypted }, laptop),
    );
    await jobState.addRelationship(
      relationship(relationships.personOwnsLaptop, personKey(laptop.owner), key),
    );
  }
}

exports.invocationConfig = {
  instanceConfigFields: {},
  integrationSteps: [
    {
      id: 'fetch-office',
      name: 'Fetch the office',
      entities: [entities.office],
      relationships: [],
      dependsOn: [],
      executionHandler: fetchOffice,
    },
    {
      id: 'fetch-people',
      name: 'Fetch people',
      entities: [entities.person],
      relationships: [relationships.officeHasPerson],
      dependsOn: ['fetch-office'],
      executionHandler: fetchPeople,
    },
    {
      id: 'fetch-laptops',
      name: 'Fetch laptops',
      entities: [entities.laptop],
      relationships: [relationships.personOwnsLaptop],
      dependsOn: ['fetch-people'],
      executionHandler: fetchLaptops,
    },
  ],
};
