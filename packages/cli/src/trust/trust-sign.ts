import { rename, writeFile } from 'node:fs/promises';
import { type Envelope, payloadOf, withSignature } from '@patchsteward/trust/dsse';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { meaningOf } from '../platform/system-error.ts';
import { ROOT_FILE_MODE, readRootFile, rootFileText } from './root-file.ts';
import { presentRoot } from './root-text.ts';
import { openSigner, signWith } from './signer.ts';
import type { TrustSignOptions } from './trust.ts';

export async function addSignature(
  { options, operands }: Invocation<TrustSignOptions>,
  context: Context,
): Promise<ExitCode> {
  const path = operands[0] ?? '';
  if (options.key === undefined) {
    throw new Failure('no key is named', 'name yours with --key', { exitCode: EXIT.usage });
  }
  const { envelope, root } = await readRootFile(path);
  const signed = await signedByAll(envelope, options, context);
  await replaceFile(path, rootFileText(signed));
  await presentRoot({ file: path, envelope: signed, root, previous: null }, options, context);
  return EXIT.done;
}

/** With a signature by each key that is named, one after another: two prompts at once would be one too many. */
export async function signedByAll(envelope: Envelope, options: TrustSignOptions, context: Context): Promise<Envelope> {
  let signed = envelope;
  for (const path of options.key ?? []) {
    const signer = await openSigner(path, options, context);
    signed = withSignature(signed, await signWith(signer, envelope.payloadType, payloadOf(envelope)));
  }
  return signed;
}

/** The old file stays whole until the new one is: other people's signatures are in it. */
async function replaceFile(path: string, text: string): Promise<void> {
  const next = `${path}.next`;
  try {
    await writeFile(next, text, { mode: ROOT_FILE_MODE, flush: true });
    await rename(next, path);
  } catch (error) {
    const { what, advice } = meaningOf(error);
    throw new Failure(`cannot write ${path}: ${what}`, advice, { cause: error });
  }
}
