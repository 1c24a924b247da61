import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What to do with a request to S3. `drop`: the work is done, the answer lost. `deny`: no policy allows it. */
export type Verdict = 'pass' | 'fail' | 'drop' | 'deny';

/** Stands before moto’s S3: everything is handed on, unless `judge` says otherwise. One for each function. */
export interface S3Gate {
  readonly url: string;
  judge: (method: string, path: string) => Verdict;
  stop(): Promise<void>;
}

const INTERNAL_ERROR =
  '<?xml version="1.0"?><Error><Code>InternalError</Code><Message>We encountered an internal error. Please try again.</Message></Error>';

const ACCESS_DENIED =
  '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';

export async function startS3Gate(motoUrl: string): Promise<S3Gate> {
  const moto = new URL(motoUrl);
  const server = createServer((request, response) => {
    const verdict = gate.judge(request.method ?? '', request.url ?? '');
    if (verdict === 'fail' || verdict === 'deny') {
      request.resume();
      const [status, body] = verdict === 'fail' ? [500, INTERNAL_ERROR] : [403, ACCESS_DENIED];
      response.writeHead(status, { 'content-type': 'application/xml' }).end(body);
    } else forward(moto, request, response, verdict === 'drop');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const gate: S3Gate = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    judge: () => 'pass',
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return gate;
}

function forward(moto: URL, request: IncomingMessage, response: ServerResponse, lose: boolean): void {
  const { hostname, port } = moto;
  const options = { hostname, port, path: request.url, method: request.method, headers: request.headers };
  const onward = send(options, (answer) => {
    if (lose) {
      answer.resume();
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  // Whoever asked may have been killed meanwhile.
  onward.on('error', () => request.socket.destroy());
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}
