// The inside of a simulated Lambda function: a process that keeps a bundle loaded and answers one event at a time.
const { handler } = await import(process.argv[2]);
process.on('message', async ({ event, millis }) => {
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
