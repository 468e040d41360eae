// Loaded before Azurite: ends it when the process that started it is gone, however that one ended. It does not keep Azurite going by itself: once asked to stop,
// Azurite ends when all is saved.
process.stdin.on('end', () => process.exit(0)).resume();
process.stdin.unref();
