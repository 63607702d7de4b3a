import type { SeverityJudgment, SeverityOutcome } from '@patchsteward/contract';
import { ApiError, type Client } from '@patchsteward/contract/client';
import { confirm } from '../platform/confirm.ts';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import { plainText } from '../platform/text.ts';
import { momentText } from '../platform/time-text.ts';
import { counted } from '../platform/words.ts';
import type { SeverityJudgeOptions, SeverityWithdrawOptions } from './severity.ts';

export async function judgeSeverities(
  { options, operands }: Invocation<SeverityJudgeOptions>,
  context: Context,
): Promise<ExitCode> {
  const { as: severity, replace = false } = options;
  const why = reasonGiven(options.why);
  return decideOn({ vulnerabilities: [...operands], severity }, options, context, (client, vulnerabilities) =>
    client('severity.judge', { body: { vulnerabilities, severity, why, replace } }),
  );
}

export async function withdrawSeverities(
  { options, operands }: Invocation<SeverityWithdrawOptions>,
  context: Context,
): Promise<ExitCode> {
  const why = reasonGiven(options.why);
  return decideOn({ vulnerabilities: [...operands], severity: null }, options, context, (client, vulnerabilities) =>
    client('severity.withdraw', { body: { vulnerabilities, why } }),
  );
}

export async function followSources(
  { options, operands }: Invocation<SeverityWithdrawOptions>,
  context: Context,
): Promise<ExitCode> {
  const why = reasonGiven(options.why);
  const decision: Decision = { vulnerabilities: [...operands], severity: 'as-sources-say' };
  return decideOn(decision, options, context, (client, vulnerabilities) =>
    client('severity.follow', { body: { vulnerabilities, why } }),
  );
}

function reasonGiven(why: string): string {
  if (why.trim() !== '') return why.trim();
  throw new Failure('--why is empty', 'say why; it stands in the record', { exitCode: EXIT.usage });
}

interface Decision {
  readonly vulnerabilities: string[];
  readonly severity: SeverityJudgment['severity'] | 'as-sources-say' | null;
}

/** Shown, confirmed, said. */
async function decideOn(
  decision: Decision,
  options: SeverityWithdrawOptions & { readonly json?: true },
  context: Context,
  say: (client: Client, vulnerabilities: string[]) => Promise<SeverityOutcome>,
): Promise<ExitCode> {
  const { json, preview, yes } = options;
  return withServer(options, context, async (client) => {
    const would = await client('severity.preview', { body: decision });
    if (json !== true) await context.output.write(outcomeText(decision, would));
    if (preview === true) {
      if (json === true) await context.output.json(would);
      return EXIT.done;
    }
    await confirm('Say this under your name?', yes === true, context);
    const outcome = await said(decision, () => say(client, decision.vulnerabilities));
    if (json === true) await context.output.json(outcome);
    else await context.output.write(`${doneText(decision, outcome)}\n`);
    return EXIT.done;
  });
}

async function said({ severity }: Decision, say: () => Promise<SeverityOutcome>): Promise<SeverityOutcome> {
  try {
    return await say();
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'conflict') throw error;
    throw new Failure(
      error.message,
      severity === 'as-sources-say'
        ? 'see what waits with "patchsteward severity list --held"'
        : 'see what was said with "patchsteward severity list --judged"; --replace says it anew',
      { cause: error },
    );
  }
}

function doneText({ severity }: Decision, { vulnerabilities }: SeverityOutcome): string {
  const what = counted(vulnerabilities, 'vulnerability', 'vulnerabilities');
  if (severity === 'as-sources-say') return `Agreed: of ${what} counts what sources say.`;
  return severity === null ? `Withdrawn: what was said of ${what}.` : `Said: ${what}, ${severity}.`;
}

const CAMPAIGN_OUTCOMES = {
  stays: 'stays as it is',
  'moves-up': 'moves up by itself',
  'needs-signatures': 'stays until Security and an owner sign another lane',
} as const;

function headText(severity: Decision['severity'], what: string): string {
  if (severity === 'as-sources-say') return `Agree to what sources say of ${what} by now.`;
  return severity === null ? `Withdraw what was said of ${what}.` : `Say of ${what}: ${severity}.`;
}

function outcomeText({ severity }: Decision, outcome: SeverityOutcome): string {
  const { vulnerabilities, findings, moves, notFound, saidBefore, campaigns } = outcome;
  const what = counted(vulnerabilities, 'vulnerability', 'vulnerabilities');
  const lines = [
    headText(severity, what),
    `  ${counted(findings, 'finding')} on assets${notFound === 0 ? '' : `; no asset has ${notFound} of them`}`,
    ...moves.map(
      ({ from, to, findings: count, dueBefore, dueAfter }) =>
        `  ${counted(count, 'finding')}: ${from} -> ${to}, first due ${momentText(dueBefore)} -> ${momentText(dueAfter)}`,
    ),
    ...(moves.length === 0 ? ['  No lane and no due time changes.'] : []),
    ...saidBefore.map(({ vulnerability, severity: word, by }) => `  ${vulnerability}: ${word} before, says ${by}`),
    ...campaigns.map(
      ({ title, lane, laneAfter, outcome: becomes }) =>
        `  campaign ${title}: ${lane ?? 'no lane'} -> ${laneAfter}; it ${CAMPAIGN_OUTCOMES[becomes]}`,
    ),
  ];
  // What the lines say is made plain; that they stand below the first is ours.
  return lines.map((line) => `${/^ */.exec(line)?.[0] ?? ''}${plainText(line.trimStart())}\n`).join('');
}
