import { expect, test } from 'vitest';
import { stackEnvironment } from '../../functions/platform/aws/stack.ts';
import { access, functionNames } from '../../infra/access.ts';
import { examples, resourcesOf, synthesised, words } from './synthesise.ts';

/** An ARN that the stack makes up, and the reference to what it names, are the same to whoever deploys. */
const resolved = (text: string): string =>
  text
    .replace(/^arn:.*:stateMachine:(\S+)$/, 'state machine')
    .replace(/^<MachinesPipeline\w+>$/, 'state machine');

test.each(examples)('%s: `vigie --stack` sees what the functions see', async (example) => {
  const synthesis = await synthesised(example);
  const outputs = Object.entries(synthesis.template.findOutputs('*') as Record<string, { Value: unknown }>);
  const stack = {
    name: 'vigie-test',
    status: 'CREATE_COMPLETE',
    outputs: Object.fromEntries(outputs.map(([name, { Value }]) => [name, words(Value)])),
  };
  const here = stackEnvironment(stack, {});
  const functions = resourcesOf(synthesis, 'AWS::Lambda::Function').flatMap(([, { Properties }]) => {
    const { Variables } = (Properties['Environment'] ?? {}) as { Variables?: Record<string, unknown> };
    return Variables?.['VIGIE_BUCKET'] === undefined ? [] : [Variables];
  });
  expect(functions.length).toBe(synthesis.company.aws.links ? 8 : 7);
  // What writes the lake has a workgroup of its own; from here the lake is only read.
  const load = { ...here, VIGIE_WORKGROUP: `${here['VIGIE_WORKGROUP']}-load` };
  const writing = functions.filter((variables) => words(variables['VIGIE_WORKGROUP']).endsWith('-load'));
  expect(writing.length).toBe(functionNames.filter((name) => access[name].athena === 'define').length);
  for (const variables of functions) {
    const seen: typeof here = writing.includes(variables) ? load : here;
    const own = Object.entries(variables).filter(([name]) => name.startsWith('VIGIE_'));
    for (const [name, value] of own)
      expect(resolved(seen[name] ?? `no ${name}`), name).toBe(resolved(words(value)));
  }
});
