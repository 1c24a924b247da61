import { cfnLint, javaCommand, motoServer, trinoServer } from './loopback-tools.ts';

/** Installs whatever the suites start beside themselves, so that none of them waits for a download. bench/peers.ts sets up its own. */
await Promise.all([motoServer(), cfnLint(), trinoServer(), javaCommand()]);
