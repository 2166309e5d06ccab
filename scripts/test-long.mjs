// The tests that have a long form, in it: 10,000 random histories, 1,000 pools, 1,000,000 calls, and 200 runs that are
// killed. Takes an hour.
process.env.ROLLCALL_LONG = '1';
if (process.argv.length === 2) {
  process.argv.push('test/futures/histories', 'test/futures/leaks', 'test/cli/kills');
}
await import('./test.mjs');
