import { keyIdOf, type PublicKey } from '@patchsteward/trust/keys';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { plainText } from '../platform/text.ts';
import type { KeyNewOptions } from './key.ts';
import { makeKeyFile, publicLineOf } from './key-file.ts';
import { askPassphrase, PASSPHRASE_CHARACTERS_MIN } from './passphrase.ts';
import { readPublicKey } from './signer.ts';
import { writeNewFile } from './write-new-file.ts';

const PRIVATE_FILE = 0o600;

export async function makeKey({ options, operands }: Invocation<KeyNewOptions>, context: Context): Promise<ExitCode> {
  const path = operands[0] ?? '';
  const passphrase = options.passphrase ? await newPassphrase(path, options, context) : null;
  const file = await makeKeyFile(passphrase);
  await writeNewFile(path, `${JSON.stringify(file, null, 2)}\n`, PRIVATE_FILE);
  if (passphrase === null) context.note(`${path} is not locked: whoever reads it signs with it`);
  await present(path, file.public, options, context);
  return EXIT.done;
}

export async function showKey({ options, operands }: Invocation<object>, context: Context): Promise<ExitCode> {
  const path = operands[0] ?? '';
  await present(path, await readPublicKey(path), options, context);
  return EXIT.done;
}

/** Of a key file alone: an SSH key has its .pub already, and is named as that everywhere. */
export async function printPublicHalf({ operands }: Invocation<object>, context: Context): Promise<ExitCode> {
  const path = operands[0] ?? '';
  const key = await readPublicKey(path);
  if (key.kind !== 'ed25519') {
    throw new Failure(`${path} is an SSH public key`, 'give that file itself to whoever wants your public half', {
      exitCode: EXIT.usage,
    });
  }
  await context.output.write(`${publicLineOf(key)}\n`);
  return EXIT.done;
}

async function newPassphrase(path: string, options: KeyNewOptions, context: Context): Promise<string> {
  const passphrase = await askPassphrase(`the new key ${path}`, options, context);
  if (options.passphraseFile === undefined && (await askPassphrase('it once more', options, context)) !== passphrase) {
    throw new Failure('the two passphrases differ', 'run it again');
  }
  if ([...new Intl.Segmenter().segment(passphrase)].length >= PASSPHRASE_CHARACTERS_MIN) return passphrase;
  throw new Failure(
    'the passphrase is too short',
    `take one of at least ${PASSPHRASE_CHARACTERS_MIN} characters, for example four words`,
    { exitCode: EXIT.usage },
  );
}

async function present(
  path: string,
  key: PublicKey,
  { json }: { readonly json?: true },
  context: Context,
): Promise<void> {
  const keyId = keyIdOf(key);
  if (json === true) return context.output.json({ file: path, keyId, ...key });
  return context.output.write(`file    ${plainText(path)}\nid      ${keyId}\npublic  ${plainText(key.public)}\n`);
}
