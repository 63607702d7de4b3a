import { connect } from 'node:tls';
import { DAY_MS } from '@patchsteward/core/vocabulary';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { startAgentsListener } from './agents-listener.ts';
import { type AgentsWorld, createAgentsWorld } from './testing/agents-world.ts';
import { FakeAgent } from './testing/fake-agent.ts';
import { addressed, inventory } from './testing/inventories.ts';

describeWithDatabase('the listener of the agents', () => {
  let world: AgentsWorld;
  beforeAll(async () => {
    world = await createAgentsWorld();
  });
  afterAll(() => world.close());

  function another(port = 0) {
    return startAgentsListener({ ...world.listenerOptions, address: { host: '127.0.0.1', port } });
  }

  test('a server opens by itself when another server on the same database makes the first token', async () => {
    const other = await another();
    expect(other.port()).toBeUndefined();

    await world.newToken();
    await until(() => other.port() !== undefined);

    const answer = await new FakeAgent(other.port() ?? 0).call({ method: 'GET', path: '/agent/v1/ca' });
    expect(answer.status).toBe(200);
    await other.close();
  });

  test('a server that starts where hosts are expected is open at once', async () => {
    await world.newToken();

    const other = await another();

    expect(other.port()).toBeGreaterThan(0);
    await other.close();
  });

  test('a port that is taken is a refusal that names the setting', async () => {
    await world.newToken();

    await expect(another(world.port())).rejects.toMatchObject({
      code: 'address-in-use',
      whatToDo: expect.stringContaining('agents'),
    });
  });

  test('its certificate is renewed at two thirds of its life, and when the clock is set back', async () => {
    await world.newToken();
    const first = await certificateOf(world.port());

    world.clock.now = () => Date.now() + 21 * DAY_MS;
    await until(async () => (await certificateOf(world.port())) !== first);
    const second = await certificateOf(world.port());
    world.clock.now = () => Date.now();
    await until(async () => (await certificateOf(world.port())) !== second);

    // Hosts that trust the authority trust the renewed one as well.
    const agent = await world.enrolled();
    expect((await agent.checkIn(addressed(inventory()))).status).toBe(200);
  });

  test('a host is known on a resumed connection as well', async () => {
    const agent = await world.enrolled();

    for (let turn = 0; turn < 3; turn += 1) {
      const answer = await agent.checkIn(addressed(inventory()), {}, { connection: 'close' });
      expect(answer.status).toBe(200);
    }

    expect(agent.resumed).toBeGreaterThan(0);
  });

  test('TLS older than 1.3 is not spoken', async () => {
    await world.newToken();

    await expect(certificateOf(world.port(), { maxVersion: 'TLSv1.2' })).rejects.toMatchObject({
      code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
    });
  });
});

async function certificateOf(port: number, options: { maxVersion?: 'TLSv1.2' } = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: '127.0.0.1',
      port,
      servername: 'patchsteward',
      rejectUnauthorized: false,
      ...options,
    });
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      resolve(socket.getPeerCertificate().fingerprint256);
      socket.destroy();
    });
  });
}

async function until(reached: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await reached())) await new Promise((resolve) => setTimeout(resolve, 50));
}
