import type { EndpointId } from '@patchsteward/contract';
import type { FastifyInstance } from 'fastify';
import { createApp } from '../http/app.ts';
import { bindAll, type Handlers } from '../http/bind.ts';
import type { Admit, Principal } from '../http/principal.ts';
import { createLog } from '../log.ts';

const CONNECTIONS_MAX = 100;

export interface TestAppOptions {
  /** Who every request comes from; or a way to tell, where a test is about that. */
  readonly principal?: Principal;
  readonly admit?: Admit;
  readonly now?: () => number;
}

/** A person who may do everything, for tests that are not about access. */
export const testPerson = {
  kind: 'person',
  id: '01890000-0000-7000-8000-000000000001',
  login: 'ada',
  name: 'Ada Example',
  roles: ['it', 'admin', 'security'],
} as const satisfies Principal;

/** Real routes of the contract without a port: `app.inject({ method, url, payload })`. */
export async function createTestApp<Ids extends EndpointId>(
  handlers: Handlers<Ids>,
  options: TestAppOptions = {},
): Promise<FastifyInstance> {
  const log = createLog({ level: 'silent' });
  const app = createApp({ log, connectionsMax: CONNECTIONS_MAX });
  const principal = options.principal ?? testPerson;
  bindAll(app, handlers, {
    admit: options.admit ?? (() => Promise.resolve(principal)),
    clock: options.now ?? (() => Date.now()),
    log,
  });
  await app.ready();
  return app;
}
