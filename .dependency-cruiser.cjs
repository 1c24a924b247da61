/** The rules of the house (docs/architecture.md), enforced: rooms meet only in lake/ and platform/. */
const steps = ['pull', 'load', 'check', 'measure', 'judge', 'report'];

/** The rooms of functions/lake in reading order: each imports only those before it. */
const rooms = [
  'values',
  'series',
  'yaml',
  'state',
  'tables',
  'landing',
  'catalogue',
  'company',
  'alerts',
  'snapshot',
  'drivers',
  'run',
];

module.exports = {
  forbidden: [
    ...steps.map((step) => ({
      name: `${step}-imports-no-other-step`,
      comment: 'Steps hand things over through functions/lake and functions/platform, never by import.',
      severity: 'error',
      from: { path: `^functions/${step}/` },
      to: { path: `^functions/(${steps.filter((other) => other !== step).join('|')})/` },
    })),
    {
      name: 'push-knows-the-machinery-of-vendors-alone',
      comment:
        'It sends what it is given: what pulls from vendors how vendors are asked, and no table, no figure.',
      severity: 'error',
      from: { path: '^functions/push/' },
      to: { path: '^functions/(?!push/|pull/api/|platform/|lake/company/)' },
    },
    {
      name: 'only-roots-open-lists',
      comment: 'A step sees the port (functions/platform/audience-list.ts).',
      severity: 'error',
      from: { path: '^functions/', pathNot: '^functions/push/|handler\\.ts$' },
      to: { path: '^functions/push/' },
    },
    {
      name: 'sign-in-knows-no-figure',
      comment:
        'Whoever talked it into something must find nothing there: ports and a provider, no step, no lake.',
      severity: 'error',
      from: { path: '^functions/sign-in/' },
      to: { path: '^functions/(?!sign-in/|platform/)' },
    },
    {
      name: 'alert-links-knows-alerts-alone',
      comment: 'It is open to whoever has a link: alerts and what people said of them, no step, no company.',
      severity: 'error',
      from: { path: '^functions/alert-links/' },
      to: { path: '^functions/(?!alert-links/|platform/|languages/|lake/(alerts|catalogue|values)/)' },
    },
    {
      name: 'contracts-know-no-step',
      comment: 'functions/lake and functions/platform are below the steps.',
      severity: 'error',
      from: { path: '^functions/(lake|platform)/' },
      to: { path: `^functions/(${steps.join('|')})/` },
    },
    ...rooms.slice(0, -1).map((room, place) => ({
      name: `lake-${room}-imports-no-later-room`,
      comment: 'The contracts are read in order (docs/architecture.md): a room knows only those before it.',
      severity: 'error',
      from: { path: `^functions/lake/${room}/` },
      to: { path: `^functions/lake/(${rooms.slice(place + 1).join('|')})/` },
    })),
    {
      name: 'lake-has-rooms-only',
      comment: 'A file of functions/lake stands in one of its rooms.',
      severity: 'error',
      from: {},
      to: { path: `^functions/lake/(?!(${rooms.join('|')})/)` },
    },
    {
      name: 'languages-know-only-what-they-name',
      comment:
        'A language says the words of windows and units; what is said of whom is the renderers’ business.',
      severity: 'error',
      from: { path: '^functions/languages/' },
      to: { path: '^functions/(?!languages/|lake/values/vocabulary\\.ts$)' },
    },
    ...[
      ['files', 'api|sources'],
      ['api', 'files|sources'],
      ['sources', 'files'],
    ].map(([room, others]) => ({
      name: `pull-${room}-imports-no-${others.replace('|', '-or-')}`,
      comment:
        'Files are no vendor, and the machinery knows no source: what both need stands in functions/pull.',
      severity: 'error',
      from: { path: `^functions/pull/${room}/` },
      to: { path: `^functions/pull/(${others})/` },
    })),
    {
      name: 'a-source-imports-no-other',
      comment:
        'What two vendors have in common is in the kit; what ad platforms share, in ad-spend; what CRMs share, in crm.',
      severity: 'error',
      from: { path: '^functions/pull/sources/([^/]+)/' },
      to: { path: '^functions/pull/sources/', pathNot: '^functions/pull/sources/($1|ad-spend|crm)/' },
    },
    {
      name: 'ports-know-no-lake',
      comment: 'A port knows nothing of what is stored through it.',
      severity: 'error',
      from: { path: '^functions/platform/' },
      to: { path: '^functions/lake/' },
    },
    {
      name: 'only-roots-know-the-world',
      comment: 'Adapters are chosen in cli/ and in handlers; a step sees ports.',
      severity: 'error',
      from: {
        path: '^functions/',
        pathNot: '(^functions/platform/local/|^functions/platform/aws/|handler\\.ts$)',
      },
      to: { path: '^functions/platform/(local|aws)/' },
    },
    {
      name: 'engines-and-files-behind-ports',
      comment: 'DuckDB, the file system, the network and SDKs are reached through functions/platform.',
      severity: 'error',
      from: { path: '^functions/(pull|load|check|measure|judge|report)/' },
      to: { path: '^(@duckdb/|@aws-sdk/|node:fs|node:http|node:net|fs$|fs/|http$|https$|net$)' },
    },
    {
      name: 'product-knows-no-sandbox-or-test',
      severity: 'error',
      from: { path: '^functions/' },
      to: { path: '^(authoring|cli|sandbox|test|bench|infra)/' },
    },
    {
      name: 'a-made-up-company-imports-no-other',
      comment: 'What made-up companies have in common is in sandbox/kit, which knows none of them.',
      severity: 'error',
      from: { path: '^sandbox/companies/([^/]+)/' },
      to: { path: '^sandbox/companies/', pathNot: '^sandbox/companies/($1)/' },
    },
    {
      name: 'the-kit-of-companies-knows-none',
      severity: 'error',
      from: { path: '^sandbox/kit/' },
      to: { path: '^sandbox/(companies|vendors)/' },
    },
    {
      name: 'infra-knows-contracts-only',
      comment: 'The stack is made from the pipeline and the company; what a step does is not its business.',
      severity: 'error',
      from: { path: '^infra/' },
      to: {
        path: '^(functions|cli|sandbox|test|bench)/',
        pathNot:
          '^functions/(pipeline|platform/(address|authorities|errors|hash|vigie-folder))\\.ts$|^functions/lake/|^cli/(failure|source-kinds)\\.ts$',
      },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
};
