import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type AthenaFaults, takes } from './athena-faults.ts';
import type { StandInQuery } from './athena-queries.ts';
import { AthenaService, type AthenaStandInOptions, type Body, ServiceError } from './athena-service.ts';

/** Athena's API on loopback. docs/athena-stand-in.md says what it cannot prove. */
export interface AthenaStandIn {
  readonly url: string;
  readonly faults: AthenaFaults;
  /** Every query begun, in order. */
  readonly queries: readonly StandInQuery[];
  stop(): Promise<void>;
}

/** Starts it. It speaks the part of Athena's API (AWS JSON 1.1) that Vigie uses. */
export async function startAthenaStandIn(options: AthenaStandInOptions): Promise<AthenaStandIn> {
  const service = new AthenaService(options);
  const server = createServer((request, response) => void answer(service, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults: service.faults,
    queries: service.queries,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  service: AthenaService,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const send = (status: number, body: Body): void => {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(body));
  };
  try {
    const operation = String(request.headers['x-amz-target']).replace('AmazonAthena.', '');
    const body = service.call(operation, JSON.parse(await text(request)) as Body);
    if (takes(service.faults, 'drop')) request.socket.destroy();
    else send(200, body);
  } catch (error) {
    const told =
      error instanceof ServiceError
        ? error
        : new ServiceError('InternalServerException', String(error), {}, 500);
    send(told.status, { __type: told.type, Message: told.message, ...told.more });
  }
}
