// The tests that have a long form, in it: 10,000 random histories, 1,000 pools, 1,000,000 calls. Takes half an hour.
process.env.ROLLCALL_LONG = '1';
if (process.argv.length === 2) process.argv.push('test/futures/histories', 'test/futures/leaks');
await import('./test.mjs');
