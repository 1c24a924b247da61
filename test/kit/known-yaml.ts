import { knownYamlOf } from '../../build/known-yaml.ts';
import { sqlFolder } from '../../functions/lake/yaml/folders.ts';
import { knownYaml } from '../../functions/lake/yaml/known.ts';

/** As in the built command: what ships with Vigie is read once a worker, and not by each of the thousand contexts that tests open. */
Object.assign(knownYaml, knownYamlOf(sqlFolder()));
