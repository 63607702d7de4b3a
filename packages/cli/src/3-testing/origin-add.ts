import { readFile } from 'node:fs/promises';
import type { OriginBody } from '@patchsteward/contract';
import { armoredCertificates, type Certificate, readCertificates } from '@patchsteward/standards/openpgp';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import { meaningOf } from '../platform/system-error.ts';
import type { OriginAddOptions } from './origin.ts';
import { nameOf } from './origin-named.ts';
import { problemText } from './origin-refresh.ts';
import { originText } from './origin-text.ts';

export async function addOrigin({ options }: Invocation<OriginAddOptions>, context: Context): Promise<ExitCode> {
  const { url, suite, component = [], architecture = ['amd64'], key, fingerprint, mirror } = options;
  const certificates: Certificate[] = [];
  for (const path of key) certificates.push(...(await certificatesIn(path)));
  const pins = fingerprint?.map((hex) => hex.replaceAll(/[\s:]/g, '').toUpperCase());
  const origin = await withServer(options, context, async (client) => {
    const added = await client('origin.add', {
      body: {
        ...{ url, suite, components: [...component], architectures: [...architecture] },
        mirror: mirror ?? null,
        keys: armoredCertificates(certificates),
        ...(pins === undefined ? {} : { fingerprints: pins }),
      },
    });
    if (!options.refresh) return added;
    context.progress.show(`${nameOf(added)}: the server fetches and verifies its index`);
    return (await client('origin.refresh', { params: { id: added.id } })).origin;
  });
  if (options.json === true) await context.output.json(origin);
  else await present(origin, context);
  return origin.problem === null ? EXIT.done : EXIT.findings;
}

async function present(origin: OriginBody, context: Context): Promise<void> {
  await context.output.write(originText(origin, (text) => context.output.styled('bold', text), Date.now()));
  if (origin.problem !== null) context.note(`added, but ${problemText(origin, origin.problem)}`);
}

async function certificatesIn(path: string): Promise<readonly Certificate[]> {
  const certificates = await readCertificates(await bytesOf(path));
  if (certificates === 'private') {
    throw new Failure(`${path} holds a private key, which was not sent`, 'export the public one with "gpg --export"');
  }
  if (typeof certificates !== 'string') return certificates;
  throw new Failure(
    `${path} is no file of OpenPGP keys`,
    'give the key that the hosts trust, as in /usr/share/keyrings',
  );
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const { what, advice } = meaningOf(error);
    throw new Failure(`cannot read ${path}: ${what}`, advice, { cause: error });
  }
}
