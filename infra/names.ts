/** Beside the bundle of `pull`: the authorities that it trusts beside those that Node.js knows. */
export const AUTHORITIES = 'ca.pem';

/** What the parts of a stack are called. Everything is named after the stage, so that several stand side by side. */
export interface Names {
  readonly stack: string;
  readonly stage: string;
  readonly landingDatabase: string;
  readonly lakeDatabase: string;
  readonly workgroup: string;
  /** Of statements that write the lake: cut off elsewhere. */
  readonly loadWorkgroup: string;
  readonly configurationSet: string;
  readonly stateMachine: string;
  readonly maintenance: string;
  readonly dashboard: string;
  /** `vigie/<stage>/`: what stands before a secret’s name. */
  readonly secretsPrefix: string;
}

/** Where a function’s statements run: those of one that writes the lake (`define`) apart from all others. */
export const workgroupOf = (kind: 'query' | 'define', names: Names): string =>
  kind === 'define' ? names.loadWorkgroup : names.workgroup;

export function namesOf(stage: string): Names {
  const stack = `vigie-${stage}`;
  // Glue and Athena know no hyphen in the name of a database.
  const database = stack.replaceAll('-', '_');
  return {
    stack,
    stage,
    landingDatabase: `${database}_landing`,
    lakeDatabase: `${database}_lake`,
    workgroup: stack,
    loadWorkgroup: `${stack}-load`,
    configurationSet: stack,
    stateMachine: stack,
    maintenance: `${stack}-maintenance`,
    dashboard: stack,
    secretsPrefix: `vigie/${stage}/`,
  };
}
