import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeGrammar } from '../../authoring/lint/grammar-bundle.ts';
import { shippedGrammar } from '../../authoring/lint/trino-grammar.ts';
import { vigieFolder } from '../../functions/platform/vigie-folder.ts';
import { functionNames, urlFunctions } from '../access.ts';
import { bundleFunction } from './bundle.ts';
import { licencesOf } from './licences.ts';
import { shippedFolder } from './write-bundles.ts';

/**
 * `npm pack` calls it (package.json, prepack): the bundles of all functions as the package ships them, so that a company
 * deploys what was tested and needs no bundler; the grammar that `vigie test` reads SQL with; and the licences of the
 * packages that are in them.
 */
const inputs = new Set<string>();
for (const name of [...functionNames, ...urlFunctions]) {
  const { outputs } = await bundleFunction(name, shippedFolder(name));
  for (const { inputs: parts } of Object.values(outputs))
    for (const [file, { bytesInOutput }] of Object.entries(parts)) if (bytesInOutput > 0) inputs.add(file);
}
writeFileSync(join(vigieFolder(), 'dist/functions/LICENSES.txt'), licencesOf([...inputs]));
const grammar = await writeGrammar(shippedGrammar());
writeFileSync(`${shippedGrammar()}.LICENSES.txt`, licencesOf(Object.keys(grammar.inputs)));
