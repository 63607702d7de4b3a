import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CampaignSummary } from '@patchsteward/contract';
import type { Hash } from '@patchsteward/core/vocabulary';
import { keyIdOf, type PublicKey } from '@patchsteward/trust/keys';
import type { Browser, Page } from 'playwright-core';
import {
  type CampaignWorld,
  openCampaignWorld,
  PROPOSAL,
} from '../../../../server/src/campaign/testing/campaign-world.ts';
import { assessRisk, carryOut, PRODUCTION, planOf } from '../../../../server/src/campaign/testing/walk.ts';
import { admitPeople } from '../../../../server/src/platform/access/admission.ts';
import { createCookies } from '../../../../server/src/platform/access/cookies.ts';
import { hashPassword } from '../../../../server/src/platform/access/passwords.ts';
import { accessRoutes } from '../../../../server/src/platform/access/routes.ts';
import { sessionPerson } from '../../../../server/src/platform/access/sessions.ts';
import { timestamp } from '../../../../server/src/platform/column-types.ts';
import { createApp } from '../../../../server/src/platform/http/app.ts';
import { bindAll } from '../../../../server/src/platform/http/bind.ts';
import { errorBody, statusOf } from '../../../../server/src/platform/http/refusal.ts';
import { sendSecurityHeaders } from '../../../../server/src/platform/http/security.ts';
import { serveConsole } from '../../../../server/src/platform/http/static.ts';
import { createLog } from '../../../../server/src/platform/log.ts';
import { rootEnvelope, team } from '../../../../trust/src/testing/people.ts';
import { buildConsole } from './build.ts';
import { launchBrowser } from './chromium.ts';

/** Browsers give passkeys out for it without a certificate. // WebAuthn §5.1.3, Secure Contexts §3.1 */
const SITE = 'localhost';
const PASSWORDS = {
  otto: 'nine brass lamps in the attic',
  cara: 'six slow barges on the canal',
  ivy: 'four pale moths at the window',
} as const;
type Login = keyof typeof PASSWORDS;

interface TestPasskey {
  readonly credentialId: string;
  readonly secret: string;
  readonly key: PublicKey;
}

/**
 * The console over the rooms of a campaign with real hosts, a real database and a real trust root. People come in through
 * the real door; what the rooms hear of them is who its session says they are.
 */
export interface DecidingHouse {
  readonly browser: Browser;
  readonly world: CampaignWorld;
  readonly origin: string;
  readonly close: () => Promise<void>;
}

export async function openDecidingHouse(
  options: NonNullable<Parameters<typeof openCampaignWorld>[0]>,
): Promise<DecidingHouse> {
  const [built, world, browser] = await Promise.all([buildConsole(), openCampaignWorld(options), launchBrowser()]);
  const door = await openDoor(world, built.directory);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url = '/' } = request;
    const { cookie = '' } = request.headers;
    const room = url.startsWith('/api/') && !url.startsWith('/api/v1/session');
    const person = room ? await door.personOf(cookie) : undefined;
    if (room && person === undefined) {
      response.writeHead(statusOf('not-signed-in'), { 'content-type': 'application/json' });
      response.end(JSON.stringify(errorBody('not-signed-in', 'This needs a signed-in person.', 'test')));
      return;
    }
    const payload = await bodyOf(request);
    const injected = await (person === undefined ? door.app : world.app).inject({
      // Node gives the method as it came.
      method: (request.method ?? 'GET') as 'GET' | 'POST',
      url,
      headers: {
        'content-type': request.headers['content-type'] ?? 'application/json',
        ...(person === undefined ? { cookie } : { authorization: person.login }),
      },
      ...(payload.length === 0 ? {} : { payload }),
    });
    if (room && request.method !== 'GET') await world.settle();
    const cookies = injected.headers['set-cookie'];
    response.writeHead(injected.statusCode, {
      'content-type': String(injected.headers['content-type']),
      ...(cookies === undefined ? {} : { 'set-cookie': cookies }),
    });
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
  return {
    browser,
    world,
    origin: `http://${SITE}:${port}`,
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      server.close();
      await door.app.close();
      await world.close();
      await built.remove();
    },
  };
}

/** Files of the console and sessions, as the server has them; the people get passwords to come in with. */
async function openDoor({ database: { db } }: CampaignWorld, directory: string) {
  const cookies = createCookies(false);
  const log = createLog({ level: 'silent' });
  const clock = () => Date.now();
  const app = createApp({ log, connectionsMax: 100 });
  sendSecurityHeaders(app);
  bindAll(app, accessRoutes({ db, cookies, serverVersion: 'test' }), {
    ...{ clock, log },
    admit: admitPeople(db, cookies, clock),
  });
  await serveConsole(app, directory);
  await app.ready();
  for (const [login, password] of Object.entries(PASSWORDS)) {
    const password_hash = await hashPassword(password);
    await db.updateTable('access.person').set({ password_hash }).where('login', '=', login).execute();
  }
  return { app, personOf: (cookie: string) => sessionPerson(db, cookies, cookie, clock()) };
}

/** Somebody sits down before a browser in which nobody is signed in, and opens an address. */
export async function enterAs(page: Page, login: Login, address: string): Promise<void> {
  await page.context().clearCookies();
  await page.goto('about:blank');
  await page.goto(address);
  await page.waitForURL('**/sign-in?next=*');
  await page.getByLabel('Login', { exact: true }).fill(login);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORDS[login]);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname === address);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // A request without an encoding gives bytes.
  return Buffer.concat(chunks);
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
