// The repository server, a process in the hub: `node main.ts SOCKET ADDRESS PORT ROOT...`. The first root that has a file
// answers for it. Told at run time, through a unix socket, how to fail.

import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type Controlled, controlServer } from './control-server.ts';
import { handleFile } from './file-server.ts';

const [socket = '', address = '', port = '', ...roots] = process.argv.slice(2);
const controlled: Controlled = { faults: [], requests: [] };

const files = createServer((request, response) => {
  handleFile(roots, controlled, request, response).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    response.destroy();
  });
});
files.listen(Number(port), address, () => {
  rm(socket, { force: true }).then(
    () => controlServer(controlled).listen(socket),
    (error: unknown) => {
      throw error;
    },
  );
});
