import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join, normalize } from 'node:path';

export interface StaticServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** Serves the files of a folder to whoever knows the password. */
export async function serveFolder(folder: string, credentials: string): Promise<StaticServer> {
  const server = createServer((request, response) => {
    const allowed = request.headers.authorization === `Basic ${Buffer.from(credentials).toString('base64')}`;
    const answer = allowed ? readFile(join(folder, normalize(`/${request.url ?? ''}`))) : Promise.resolve(null);
    answer.then(
      (content) => response.writeHead(content === null ? 401 : 200).end(content),
      () => response.writeHead(404).end(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen');
  return {
    port: address.port,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
