// Preloaded with `node --require`: the client's hosts are constants of its constructor, so they are set
// again before it connects.
const { createRequire } = require('node:module');
const path = require('node:path');

const load = createRequire(path.join(process.env.CALLISTO_CLIENTS, 'package.json'));
const { JupiterOneClient } = load('@jupiterone/jupiterone-client-nodejs/dist/j1client');
const { init } = JupiterOneClient.prototype;

JupiterOneClient.prototype.init = function () {
  this.apiUrl = process.env.CALLISTO_URL;
  this.queryEndpoint = `${this.apiUrl}/graphql`;
  this.rulesEndpoint = `${this.apiUrl}/rules/graphql`;
  return init.call(this);
};
