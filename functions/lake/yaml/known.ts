/**
 * What YAML texts that ship with Vigie come to, as JSON, by their SHA-256. Empty in the sources; the build puts in what it
 * read (build/known-yaml.ts). A text that was changed since is not in it, and is read: nothing can be stale.
 */
export const knownYaml: Readonly<Record<string, string>> = {};
