import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeAuthority } from '../../packages/server/src/platform/certificates/issue.ts';
import { HostAgent } from './host-agent.ts';

let server: Server;
let agent: HostAgent;
/** So many requests are cut off before anybody answers. */
let cutOff: number;
let asked: number;

beforeEach(async () => {
  const { keyPem: key, certificatePem: cert } = await makeAuthority(Date.now());
  cutOff = 0;
  asked = 0;
  server = createServer({ key, cert }, (request, response) => {
    asked += 1;
    if (asked <= cutOff) request.socket.destroy();
    else response.end('{"stored":true}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // Node's own answer for a server that listens on a port.
  agent = new HostAgent((server.address() as AddressInfo).port);
});

afterEach(async () => {
  agent.disconnect();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

it.each([
  ['is heard at once', 0, 1],
  ['comes again where its connection was just being closed', 1, 2],
])('a host %s', async (_, cut, times) => {
  cutOff = cut;

  expect(await agent.call({ path: '/' })).toMatchObject({ status: 200, body: { stored: true } });
  expect(asked).toBe(times);
});

it('a host gives up where it is cut off again', async () => {
  cutOff = 2;

  await expect(agent.call({ path: '/' })).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(asked).toBe(2);
});
