import type { AnnouncementDetail, AnnouncementOutcome, TriagedClaim } from '@patchsteward/contract';
import { confirm } from '../platform/confirm.ts';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import { plainText } from '../platform/text.ts';
import { counted } from '../platform/words.ts';
import type { AnnouncementTriageOptions } from './announcement.ts';
import { claimOf, claimText } from './announcement-claim.ts';

export async function triage(
  { options, operands }: Invocation<AnnouncementTriageOptions>,
  context: Context,
): Promise<ExitCode> {
  const [id = ''] = operands;
  const given = options.asBefore === true ? null : claimOf(options);
  const revisionRead = revisionOf(options.revision);
  const outcome = await withServer(options, context, async (client) => {
    const announcement = await client('announcement.show', { params: { id } });
    const claim = given ?? claimedBefore(announcement);
    const question = [`Of ${id}: ${announcement.title}`, ...claimText(claim).map((line) => `  ${line}`)];
    if (options.json !== true) await context.output.write(question.map((line) => `${lineText(line)}\n`).join(''));
    await confirm('Claim this under your name?', options.yes === true, context);
    const why = options.why?.trim() ?? '';
    const body = { revision: revisionRead ?? announcement.revision, claim, why: why === '' ? null : why };
    return client('announcement.triage', { params: { id }, body });
  });
  if (options.json === true) await context.output.json(outcome);
  else await context.output.write(`${plainText(outcomeText(outcome))}\n`);
  return EXIT.done;
}

function revisionOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Failure(`--revision ${text} is no number`, 'give the number that "announcement show" shows', {
    exitCode: EXIT.usage,
  });
}

function claimedBefore({ id, triage: standing }: AnnouncementDetail): TriagedClaim {
  if (standing !== null && standing.claim !== null) return standing.claim;
  throw new Failure(`nothing was claimed of ${id} before`, 'say what is affected', { exitCode: EXIT.usage });
}

function lineText(line: string): string {
  return `${/^ */.exec(line)?.[0] ?? ''}${plainText(line.trimStart())}`;
}

function outcomeText({ affected, notCovered }: AnnouncementOutcome): string {
  const judged = affected === 0 ? 'No asset is affected by it.' : `${counted(affected, 'asset')} affected by it.`;
  if (notCovered.length === 0) return judged;
  return `${judged} Nothing is judged on ${notCovered.join(', ')} until a feed covers it: "patchsteward feeds list".`;
}
