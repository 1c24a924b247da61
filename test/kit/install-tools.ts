import { cfnLint, javaCommand, motoServer, peerTools, trinoServer } from './loopback-tools.ts';

/** Installs whatever the suites start beside themselves, so that none of them waits for a download. */
await Promise.all([motoServer(), cfnLint(), trinoServer(), javaCommand(), peerTools()]);
