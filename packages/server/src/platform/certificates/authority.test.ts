import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { DAY_MS } from '@patchsteward/core/vocabulary';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAuthority } from './authority.ts';
import { AGENT_CERTIFICATE_MS, makeAuthority, SERVER_CERTIFICATE_MS, SERVER_NAME } from './issue.ts';

const ASSET = '01890a5d-ac96-774b-bcce-b302099a8057';
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'authority-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

test('the authority is made once, readable by its owner alone, and nothing else is left behind', async () => {
  const keys = join(directory, 'once');

  const first = await openAuthority(keys, Date.now());
  const again = await openAuthority(keys, Date.now() + DAY_MS);

  expect(again.fingerprint).toBe(first.fingerprint);
  expect(first.fingerprint).toMatch(/^[0-9a-f]{64}$/);
  expect(await readdir(keys)).toEqual(['agent-authority.pem']);
  expect((await stat(join(keys, 'agent-authority.pem'))).mode & 0o777).toBe(0o600);
  expect((await stat(keys)).mode & 0o777).toBe(0o700);
});

test('servers that start at once share one authority', async () => {
  const keys = join(directory, 'race');

  const opened = await Promise.all(Array.from({ length: 8 }, () => openAuthority(keys, Date.now())));

  expect(new Set(opened.map((one) => one.fingerprint)).size).toBe(1);
  expect(await readdir(keys)).toEqual(['agent-authority.pem']);
});

describe('a broken file is refused and left as it is: hosts trust the authority that was in it', () => {
  test.each([
    ['half a file', async () => '-----BEGIN PRIVATE KEY-----\nMIG'],
    ['an empty file', async () => ''],
    ['the key of one with the certificate of another', mixedUp],
  ])('%s', async (name, content) => {
    const keys = join(directory, name);
    await mkdir(keys);
    const path = join(keys, 'agent-authority.pem');
    const before = await content();
    await writeFile(path, before);

    await expect(openAuthority(keys, Date.now())).rejects.toMatchObject({ code: 'agent-authority-broken' });

    expect(await readFile(path, 'utf8')).toBe(before);
  });
});

async function mixedUp(): Promise<string> {
  const [one, other] = await Promise.all([makeAuthority(Date.now()), makeAuthority(Date.now())]);
  return one.keyPem + other.certificatePem;
}

describe.each([
  ['Ed25519', () => generateKeyPairSync('ed25519')],
  ['P-256', () => generateKeyPairSync('ec', { namedCurve: 'P-256' })],
])('a host with a key of kind %s', (_, makeKeys) => {
  test('gets a certificate over its own key for seven days', async () => {
    const authority = await openAuthority(join(directory, 'issue'), Date.now());
    const { publicKey } = makeKeys();
    const now = Date.parse('2026-11-22T10:00:00.900Z');

    const certificate = new X509Certificate(await authority.issueAgent(publicKey, ASSET, now));

    expect(certificate.publicKey.equals(publicKey)).toBe(true);
    expect(certificate.subject).toBe(`CN=${ASSET}`);
    expect(certificate.subjectAltName).toBe(`URI:spiffe://patchsteward/asset/${ASSET}`);
    expect(certificate.ca).toBe(false);
    expect(Date.parse(certificate.validTo)).toBe(Date.parse('2026-11-22T10:00:00Z') + AGENT_CERTIFICATE_MS);
    expect(authority.signed(certificate)).toBe(true);
  });

  test('and the listener prove themselves to each other in TLS', async () => {
    const authority = await openAuthority(join(directory, 'issue'), Date.now());
    const { publicKey, privateKey } = makeKeys();
    const certificate = await authority.issueAgent(publicKey, ASSET, Date.now());

    const seen = await handshake(authority.certificatePem, await authority.issueServer(Date.now()), {
      key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      cert: certificate,
    });

    expect(seen.clientTrusts).toBe(true);
    expect(seen.serverTrusts).toBe(true);
  });
});

test('a certificate of another authority is not ours', async () => {
  const ours = await openAuthority(join(directory, 'issue'), Date.now());
  const theirs = await openAuthority(join(directory, 'theirs'), Date.now());
  const { publicKey } = generateKeyPairSync('ed25519');

  const certificate = new X509Certificate(await theirs.issueAgent(publicKey, ASSET, Date.now()));

  expect(ours.signed(certificate)).toBe(false);
});

test('the certificate of the listener lasts thirty days and names the fixed server name alone', async () => {
  const authority = await openAuthority(join(directory, 'issue'), Date.now());
  const now = Date.parse('2026-11-22T10:00:00Z');

  const certificate = new X509Certificate((await authority.issueServer(now)).certificatePem);

  expect(Date.parse(certificate.validTo)).toBe(now + SERVER_CERTIFICATE_MS);
  expect(certificate.subjectAltName).toBe('DNS:patchsteward');
  expect(certificate.checkHost('patchsteward')).toBe('patchsteward');
  expect(certificate.checkHost('localhost')).toBeUndefined();
});

interface Handshake {
  readonly clientTrusts: boolean;
  readonly serverTrusts: boolean;
}

async function handshake(
  ca: string,
  server: { keyPem: string; certificatePem: string },
  client: { key: string; cert: string },
): Promise<Handshake> {
  const accepted = Promise.withResolvers<TLSSocket>();
  const listener = createServer(
    { key: server.keyPem, cert: server.certificatePem, ca, requestCert: true, rejectUnauthorized: false },
    accepted.resolve,
  );
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  const socket = connect({ host: '127.0.0.1', port, ca, servername: SERVER_NAME, ...client });
  await new Promise<void>((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
  const serverSide = await accepted.promise;
  const seen = { clientTrusts: socket.authorized, serverTrusts: serverSide.authorized };

  socket.destroy();
  await new Promise((resolve) => listener.close(resolve));
  return seen;
}
