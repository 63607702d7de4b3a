import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type LogHead, readHead } from '@patchsteward/trust/merkle';
import { type RecordVerdict, RecordVerifier } from '@patchsteward/trust/record';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { meaningOf, systemCode } from '../platform/system-error.ts';
import { plainText } from '../platform/text.ts';
import { numberText } from '../platform/words.ts';
import type { RecordVerifyOptions } from './record.ts';

export async function verifyRecord(
  { options, operands }: Invocation<RecordVerifyOptions>,
  context: Context,
): Promise<ExitCode> {
  const known = options.checkpoint === undefined ? undefined : await knownHead(options.checkpoint);
  const verdict = await verified(operands[0] ?? '', new RecordVerifier({ key: options.key, known }), context);
  if (options.json === true) await context.output.json(verdict);
  else await context.output.write(text(verdict, options.key !== undefined, context));
  return verdict.faultCount === 0 ? EXIT.done : EXIT.failed;
}

async function verified(path: string, verifier: RecordVerifier, context: Context): Promise<RecordVerdict> {
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      verifier.add(chunk);
      bytes += chunk.length;
      context.progress.show('verifying', bytes);
    }
  } catch (error) {
    throw unreadable(path, error);
  }
  return verifier.end();
}

async function knownHead(path: string): Promise<LogHead> {
  const note = await readFile(path, 'utf8').catch((error: unknown) => {
    throw unreadable(path, error);
  });
  const head = readHead(note);
  if (head !== null) return head;
  throw new Failure(`${path} is no checkpoint`, 'give the note that "patchsteward record show" prints', {
    exitCode: EXIT.usage,
  });
}

function unreadable(path: string, error: unknown): unknown {
  if (systemCode(error) === null) return error;
  const { what, advice } = meaningOf(error);
  return new Failure(`cannot read ${path}: ${what}`, advice, { cause: error });
}

function text(verdict: RecordVerdict, pinned: boolean, context: Context): string {
  const { faults, faultCount, entries, checkpoints, rows, campaigns, key } = verdict;
  const checked = `${numberText(entries)} entries, ${numberText(checkpoints)} checkpoints, ${numberText(rows)} rows of ${numberText(campaigns)} campaigns`;
  const signer = `Signed with ${key ?? 'no key'}${pinned ? '' : ' (not compared with a key of yours; give --key)'}.`;
  if (faultCount === 0) return `${context.output.styled('green', 'Nothing was changed.')} ${checked}.\n${signer}\n`;
  const lines = faults.map(({ code, where, text: said }) => `  ${plainText(where)}: ${said} (${code})`);
  if (faultCount > faults.length) lines.push(`  and ${numberText(faultCount - faults.length)} more`);
  const count = faultCount === 1 ? '1 fault' : `${numberText(faultCount)} faults`;
  return `${context.output.styled('red', `The record was changed: ${count}.`)} ${checked}.\n${lines.join('\n')}\n${signer}\n`;
}
