import type { Campaign } from '@patchsteward/contract';
import type { CallAnswer, Client } from '@patchsteward/contract/client';
import { PAYLOAD_TYPES, payloadOf, readEnvelope, sealEnvelope, withSignature } from '@patchsteward/trust/dsse';
import { keyIdOf } from '@patchsteward/trust/keys';
import { decodeRoot, keyHolders } from '@patchsteward/trust/root';
import { encodeStatement, payloadTypeOf, type Statement } from '@patchsteward/trust/statement';
import { campaignNamed } from '../campaign/campaign-named.ts';
import { confirm } from '../platform/confirm.ts';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import { plainText } from '../platform/text.ts';
import { openSigner, type Signer, signWith } from '../trust/signer.ts';
import type { SigningOptions } from './signing-options.ts';

/** Who says it, about which campaign, and when. */
export interface Speaker {
  readonly client: Client;
  readonly campaign: Campaign;
  readonly by: string;
  readonly at: number;
}

/** A statement, and what of it is shown before it is signed beside its own fields. */
export interface Draft {
  readonly statement: Statement;
  readonly shown?: string;
}

/** Every signed word of a person goes this way: composed here, shown, confirmed, signed, sent. */
export async function signStatement<Options extends SigningOptions>(
  { options, operands }: Invocation<Options>,
  context: Context,
  compose: (speaker: Speaker, options: Options) => Promise<Draft> | Draft,
): Promise<ExitCode> {
  const answer = await withServer(options, context, async (client) => {
    const campaign = await campaignNamed(client, operands[0] ?? '');
    const signer = await openSigner(options.key, options, context);
    const by = await loginOf(client, signer);
    const { statement, shown } = await compose({ client, campaign, by, at: Date.now() }, options);
    context.progress.clear();
    if (options.json !== true) await context.output.write(`${shown ?? ''}${statementText(statement, campaign)}`);
    await confirm('Say this under your name?', options.yes === true, context);
    const sealed = sealEnvelope(payloadTypeOf(statement), encodeStatement(statement));
    const envelope = withSignature(sealed, await signWith(signer, sealed.payloadType, payloadOf(sealed)));
    return client('statement.sign', {
      params: { id: campaign.id },
      body: { envelope: { ...envelope, signatures: [...envelope.signatures] } },
    });
  });
  if (options.json === true) await context.output.json(answer);
  else await context.output.write(answerText(answer));
  return EXIT.done;
}

/** Whose key this is, as the newest root has it. A server that lies here gets a statement that verifies nowhere. */
async function loginOf(client: Client, { key }: Signer): Promise<string> {
  const { items } = await client('trust.roots', {});
  const newest = items.at(-1);
  if (newest === undefined) {
    throw new Failure('there is no trust root yet', 'an administrator makes it with "patchsteward trust init"');
  }
  const envelope = readEnvelope(newest.envelope);
  const root =
    envelope.ok && envelope.value.payloadType === PAYLOAD_TYPES.root ? decodeRoot(payloadOf(envelope.value)) : null;
  if (root?.ok !== true) throw new Failure('the trust root of the server cannot be read', 'tell an administrator');
  const holder = keyHolders(root.value).get(keyIdOf(key));
  if (holder?.kind === 'person') return holder.person.login;
  throw new Failure(
    `the key ${keyIdOf(key)} belongs to nobody in the trust root`,
    'name another key, or ask an administrator for a root with yours',
  );
}

function statementText({ kind, by, at, plan, body }: Statement, { title, id }: Campaign): string {
  const fields = Object.entries(body).map(
    ([name, value]) => `  ${name.padEnd(12)} ${plainText(valueText(name, value))}`,
  );
  return [
    `${kind} on ${plainText(title)} (${id})`,
    `  by           ${plainText(by)}`,
    `  at           ${new Date(at).toISOString()}`,
    ...(plan === null ? [] : [`  plan         ${plan}`]),
    ...fields,
    '',
  ].join('\n');
}

function valueText(name: string, value: unknown): string {
  if (typeof value === 'number' && (name === 'expiresAt' || name === 'due')) return new Date(value).toISOString();
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function answerText({ person, kind, state }: CallAnswer<'statement.sign'>): string {
  const where =
    state === null ? 'It is kept; others must say the same first, or it was said before.' : `The campaign is ${state}.`;
  return `${plainText(person)} signed ${kind}. ${where}\n`;
}
