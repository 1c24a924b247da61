import packageJson from '../../../package.json' with { type: 'json' };

/** Vigie's own version, as manifests record it. */
export const version: string = packageJson.version;
