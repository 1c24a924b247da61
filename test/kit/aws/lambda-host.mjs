// The inside of a simulated Lambda function: a process that keeps a bundle loaded and answers one event at a time.
// Its clock is the machine's, or goes on from where an event says: functions ask nothing but `Date`.
const machine = Date;
let ahead = 0;
globalThis.Date = class extends machine {
  constructor(...given) {
    super(...(given.length === 0 ? [machine.now() + ahead] : given));
  }
  static now() {
    return machine.now() + ahead;
  }
};
const { handler } = await import(process.argv[2]);
process.on('message', async ({ event, millis, now }) => {
  ahead = now === undefined ? 0 : now - machine.now();
  const ends = Date.now() + millis;
  try {
    const result = await handler(event, { getRemainingTimeInMillis: () => ends - Date.now() });
    process.send({ result: result ?? null });
  } catch (error) {
    // As Lambda tells it: the error's name is its type.
    process.send({ error: { errorType: error.name, errorMessage: error.message, trace: String(error.stack) } });
  }
});
process.send({ ready: true });
