/** The clone. */
export declare const root: string;
/** Builds the command, or other entries as the command is built, into a folder below the clone. */
export declare function build(outdir: string, entries?: Readonly<Record<string, string>>): Promise<void>;
