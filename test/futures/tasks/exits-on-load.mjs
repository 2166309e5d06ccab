// Loaded by workers only: what dies while it takes a call to pieces.
process.exit(7);
