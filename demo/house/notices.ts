import { once } from 'node:events';
import { createServer } from 'node:http';

interface NoticeBoard {
  readonly url: string;
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Where the notices of the demo are delivered: a system on loopback that takes each and forgets it. */
export async function openNoticeBoard(port = 0): Promise<NoticeBoard> {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(200).end('taken'));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('the notice board has no port');
  return {
    port: address.port,
    url: `http://127.0.0.1:${address.port}/notices`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
