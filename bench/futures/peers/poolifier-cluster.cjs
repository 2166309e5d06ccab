// CommonJS: what the pool says to a module that is still being loaded is lost, and it would wait for ever.
const { ClusterWorker } = require('poolifier');

module.exports = new ClusterWorker(require('../functions.cjs'));
