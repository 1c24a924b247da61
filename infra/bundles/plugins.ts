import { readFile } from 'node:fs/promises';
import type { Loader, Plugin } from 'esbuild';

/** A module whose functions say that they were left out. */
const leftOut = (...names: readonly string[]): string =>
  `const no = () => { throw new Error('left out of the bundle (infra/bundles/plugins.ts)'); };${names.map((name) => `export { no as ${name} };`).join('')}`;

/** Parts of packages that Vigie never calls, and why they would come along. */
const UNUSED: readonly { readonly module: RegExp; readonly from: RegExp; readonly instead: string }[] = [
  // `z.locales`: error texts in fifty languages, half of zod. Vigie words its own.
  {
    module: /\/locales\/index\.js$/,
    from: /node_modules[\\/]zod[\\/]/,
    instead: 'export {};',
  },
  // Where people’s credentials come from: profiles, single sign-on. A function has those of its role, in its environment.
  {
    module: /^@aws-sdk\/credential-provider-(ini|sso|process|login|web-identity)$/,
    from: /node_modules[\\/]@aws-sdk[\\/]/,
    instead: leftOut('fromIni', 'fromSSO', 'fromProcess', 'fromLoginCredentials', 'fromTokenFile'),
  },
  // React’s other renderer, which gives pages out in parts: Vigie makes whole ones.
  {
    module: /\/react-dom-server\.node\./,
    from: /node_modules[\\/]react-dom[\\/]/,
    instead: 'export {};',
  },
];

/** Leaves out what is never called. */
export const withoutUnused: Plugin = {
  name: 'without-unused',
  setup({ onResolve, onLoad }) {
    for (const [index, { module, from }] of UNUSED.entries())
      onResolve({ filter: module }, ({ importer }) =>
        from.test(importer) ? { path: String(index), namespace: 'unused', sideEffects: false } : undefined,
      );
    onLoad({ filter: /.*/, namespace: 'unused' }, ({ path }) => ({
      contents: UNUSED[Number(path)]?.instead ?? '',
    }));
  },
};

/** A map with one entry: esbuild then maps nothing else of the file. */
const NO_MAP = Buffer.from(JSON.stringify({ version: 3, sources: [''], mappings: 'AAAA' })).toString(
  'base64',
);

/** Source maps of our own code only: those of packages would be three quarters of the upload. */
export const ownMapsOnly: Plugin = {
  name: 'own-maps-only',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules.*\.(m|c)?js$/ }, async ({ path }) => ({
      contents: `${await readFile(path, 'utf8')}\n//# sourceMappingURL=data:application/json;base64,${NO_MAP}`,
      loader: 'default' satisfies Loader,
    }));
  },
};
