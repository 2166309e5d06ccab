// Its export has no name that can be read off the source.
const names = { double: (value) => 2 * value };
module.exports = { ...names, triple: (value) => 3 * value };
