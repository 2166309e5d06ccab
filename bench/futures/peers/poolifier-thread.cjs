const { ThreadWorker } = require('poolifier');

module.exports = new ThreadWorker(require('../functions.cjs'));
