import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CampaignSummary, Session } from '@patchsteward/contract';
import type { Hash, Role } from '@patchsteward/core/vocabulary';
import { keyIdOf, type PublicKey } from '@patchsteward/trust/keys';
import type { Browser, Page } from 'playwright-core';
import {
  type CampaignWorld,
  openCampaignWorld,
  PROPOSAL,
} from '../../../../server/src/campaign/testing/campaign-world.ts';
import { assessRisk, carryOut, PRODUCTION, planOf } from '../../../../server/src/campaign/testing/walk.ts';
import { timestamp } from '../../../../server/src/platform/column-types.ts';
import { createApp } from '../../../../server/src/platform/http/app.ts';
import { sendSecurityHeaders } from '../../../../server/src/platform/http/security.ts';
import { serveConsole } from '../../../../server/src/platform/http/static.ts';
import { createLog } from '../../../../server/src/platform/log.ts';
import { rootEnvelope, team } from '../../../../trust/src/testing/people.ts';
import { buildConsole } from './build.ts';
import { launchBrowser } from './chromium.ts';

/** Browsers give passkeys out for it without a certificate. // WebAuthn §5.1.3, Secure Contexts §3.1 */
const SITE = 'localhost';
const PEOPLE = { otto: ['owner'], cara: ['change'], ivy: ['it'] } as const satisfies Record<string, readonly Role[]>;
type Login = keyof typeof PEOPLE;

interface TestPasskey {
  readonly credentialId: string;
  readonly secret: string;
  readonly key: PublicKey;
}

/**
 * The console over the rooms of a campaign with real hosts, a real database and a real trust root; only who is signed in
 * is said by the test, which is not about doors.
 */
export interface DecidingHouse {
  readonly browser: Browser;
  readonly world: CampaignWorld;
  readonly origin: string;
  /** Whoever sits before the screen. */
  person: Login;
  readonly close: () => Promise<void>;
}

export async function openDecidingHouse(options: { readonly fixes: boolean }): Promise<DecidingHouse> {
  const [built, world, browser] = await Promise.all([buildConsole(), openCampaignWorld(options), launchBrowser()]);
  const files = createApp({ log: createLog({ level: 'silent' }), connectionsMax: 100 });
  sendSecurityHeaders(files);
  await serveConsole(files, built.directory);
  await files.ready();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? '/';
    if (url === '/api/v1/session') {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(sessionOf(house.person)));
      return;
    }
    const rooms = url.startsWith('/api/');
    const payload = await bodyOf(request);
    const injected = await (rooms ? world.app : files).inject({
      // Node gives the method as it came.
      method: (request.method ?? 'GET') as 'GET' | 'POST',
      url,
      headers: rooms ? { authorization: house.person, 'content-type': 'application/json' } : {},
      ...(payload.length === 0 ? {} : { payload }),
    });
    if (rooms && request.method !== 'GET') await world.settle();
    response.writeHead(injected.statusCode, { 'content-type': String(injected.headers['content-type']) });
    response.end(injected.rawPayload);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.statusCode = 502;
      response.end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // A server on TCP has one.
  const house: DecidingHouse = {
    browser,
    world,
    origin: `http://${SITE}:${port}`,
    person: 'otto',
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      server.close();
      await files.close();
      await world.close();
      await built.remove();
    },
  };
  return house;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // A request without an encoding gives bytes.
  return Buffer.concat(chunks);
}

function sessionOf(login: Login): Session {
  return {
    person: {
      ...{ id: '01890000-0000-7000-8000-000000000001', login, name: login, roles: [...PEOPLE[login]] },
      may: ['person', 'operator'],
    },
    firstRun: false,
    serverVersion: 'test',
  };
}

/** Up to the plan that people decide on, asked for by Ivy on the command line. */
export async function walkToPlan(world: CampaignWorld): Promise<{ readonly id: string; readonly plan: Hash }> {
  const { id } = await world.done<CampaignSummary>('ivy', 'POST', 'campaigns', { proposal: PROPOSAL });
  await assessRisk(world, id);
  await world.until(id, 'authentic');
  await world.signed(await planOf(world, id, 'test'), 'ivy', 'ivy', 'test');
  await carryOut(world, id, ['ring-1'], 'tested');
  for (const name of PRODUCTION) await world.prove(name);
  await world.until(id, 'planned');
  const plan = await planOf(world, id, 'production');
  await world.signed(plan, 'ivy', 'ivy', 'request');
  return { id, plan };
}

/** Gives these people passkeys: in the trust root, in the house, and in the authenticator of the browser. */
export async function givePasskeys({ world }: DecidingHouse, page: Page, logins: readonly Login[]): Promise<void> {
  const passkeys = new Map<string, TestPasskey>(logins.map((login) => [login, makePasskey()]));
  const people = team().people.map((person) => {
    const passkey = passkeys.get(person.login);
    if (passkey === undefined) return person;
    const keys = [...person.keys, { class: 'console' as const, key: passkey.key }];
    return { ...person, keys: keys.sort((one, other) => (keyIdOf(one.key) < keyIdOf(other.key) ? -1 : 1)) };
  });
  const envelope = rootEnvelope(team({ version: 2, people }), 'ada', 'adrian');
  await world.done('ada', 'POST', 'trust/roots', { envelope });
  const { db } = world.database;
  const authenticator = await addAuthenticator(page);
  for (const [login, { credentialId, secret, key }] of passkeys) {
    const { id } = await db
      .selectFrom('access.person')
      .select('id')
      .where('login', '=', login)
      .executeTakeFirstOrThrow();
    await db
      .insertInto('access.passkey')
      .values({
        ...{ id: `01890000-0000-7000-8000-${randomBytes(6).toString('hex')}`, person_id: id, site: SITE },
        ...{ credential_id: credentialId, public_key: key.public, keyid: keyIdOf(key), label: 'the test' },
        created_at: timestamp(Date.now()),
      })
      .execute();
    await authenticator(credentialId, secret);
  }
}

function makePasskey(): TestPasskey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  return {
    credentialId: randomBytes(16).toString('base64url'),
    secret: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    key: { kind: 'webauthn', public: spki, site: SITE },
  };
}

/** Chromium's own, which confirms by itself. // Chrome DevTools Protocol, WebAuthn */
async function addAuthenticator(page: Page) {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  return (credentialId: string, privateKey: string) =>
    session.send('WebAuthn.addCredential', {
      authenticatorId,
      credential: {
        credentialId: Buffer.from(credentialId, 'base64url').toString('base64'),
        ...{ isResidentCredential: false, rpId: SITE, privateKey, signCount: 0 },
      },
    });
}
