import type { CallAnswer } from '@patchsteward/contract/client';
import { payloadOf } from '@patchsteward/trust/dsse';
import { planPhrase } from '@patchsteward/trust/phrase';
import { planIdOf } from '@patchsteward/trust/plan';
import { campaignNamed } from '../campaign/campaign-named.ts';
import { confirm } from '../platform/confirm.ts';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import { plainText } from '../platform/text.ts';
import { openSigner, signWith } from '../trust/signer.ts';
import { currentPlan, namesOf, type PlanKind } from './current-plan.ts';
import { readAgain } from './plan-check.ts';
import { type LoadedPlan, loadPlan } from './plan-load.ts';
import { reviewText } from './review-text.ts';
import type { SigningOptions } from './signing-options.ts';

export interface PlanOptions extends ServerOptions {
  readonly plan?: string;
  readonly test?: true;
}

export interface PlanSigningOptions extends SigningOptions {
  readonly plan?: string;
  readonly why?: string;
}

type Intent = CallAnswer<'plan.sign'>['intent'];

const KINDS: Readonly<Record<Intent, readonly PlanKind[]>> = {
  request: ['production', 'rollback'],
  approve: ['production', 'rollback'],
  test: ['test'],
};
const QUESTIONS: Readonly<Record<Intent, string>> = {
  request: 'Ask for this change under your name?',
  approve: 'Approve this change under your name?',
  test: 'Let the test ring be changed like this, under your name?',
};

/** Shows what would be signed, made again from every work order, and signs nothing. */
export async function showPlan({ options, operands }: Invocation<PlanOptions>, context: Context): Promise<ExitCode> {
  const { loaded, names, reading } = await withServer(options, context, async (client) => {
    const campaign = await campaignNamed(client, operands[0] ?? '');
    const kinds: readonly PlanKind[] = options.test === true ? ['test'] : ['production', 'rollback', 'test'];
    const { plan } = await currentPlan(client, campaign, { kinds, plan: options.plan });
    const found = await loadPlan(client, plan, context);
    return { loaded: found, names: namesOf(campaign), reading: await readAgain(client, campaign, found) };
  });
  if (options.json === true) await context.output.json({ ...planJson(loaded), reading });
  else await context.output.write(reviewText(loaded, names, reading));
  return EXIT.done;
}

/** Download, derive again, show, ask, sign, send: in this order, and what contradicts itself is never signed. */
export async function signPlan(
  { options, operands }: Invocation<PlanSigningOptions>,
  context: Context,
  intent: Intent,
): Promise<ExitCode> {
  const signed = await withServer(options, context, async (client) => {
    const campaign = await campaignNamed(client, operands[0] ?? '');
    const { plan } = await currentPlan(client, campaign, { kinds: KINDS[intent], plan: options.plan });
    const loaded = await loadPlan(client, plan, context);
    const reading = await readAgain(client, campaign, loaded);
    context.progress.clear();
    if (options.json !== true) await context.output.write(reviewText(loaded, namesOf(campaign), reading));
    await confirm(QUESTIONS[intent], options.yes === true, context);
    const signer = await openSigner(options.key, options, context);
    const { keyid, sig } = await signWith(signer, loaded.envelope.payloadType, payloadOf(loaded.envelope));
    const body = { keyid, sig, intent, ...(options.why === undefined ? {} : { why: options.why }) };
    return { loaded, answer: await client('plan.sign', { params: { plan }, body }) };
  });
  if (options.json === true) await context.output.json({ ...signed.answer, ...planJson(signed.loaded) });
  else await context.output.write(signedText(signed.answer));
  return EXIT.done;
}

const DONE: Readonly<Record<Intent, string>> = {
  request: 'asked for the change',
  approve: 'approved the change',
  test: 'let the test ring be changed',
};

function signedText({ person, intent, state }: CallAnswer<'plan.sign'>): string {
  const where =
    state === null ? 'This key had signed before, or the signatures are counted later.' : `The campaign is ${state}.`;
  return `${plainText(person)} ${DONE[intent]}. ${where}\n`;
}

function planJson({ plan, body, leaves, envelope }: LoadedPlan) {
  const phrase = planPhrase(planIdOf(payloadOf(envelope)));
  return { plan, phrase, body, leaves };
}
