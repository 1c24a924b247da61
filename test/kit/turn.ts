const [turn, turns] = read(process.env['VIGIE_TURN'] ?? '1/1');

/**
 * Whether one of many like trials is to be made this time. CI makes a part of them, by the hour of its commit, so that as many commits
 * try all (decision 0075); without `VIGIE_TURN` (such as `2/7`, the second part of seven) each is made.
 */
export const isItsTurn = (index: number): boolean => index % turns === turn - 1;

function read(said: string): readonly [turn: number, turns: number] {
  const [, turn, turns] = /^(\d+)\/(\d+)$/.exec(said) ?? [];
  if (turn === undefined || turns === undefined || Number(turn) < 1 || Number(turn) > Number(turns))
    throw new Error(`VIGIE_TURN is ${said}: write which part of how many it is, such as 2/7`);
  return [Number(turn), Number(turns)];
}
