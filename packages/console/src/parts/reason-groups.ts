import type { ReasonBody } from '@patchsteward/contract';

/** Reasons that say the same of different subjects, in the order in which they were first said. */
export type ReasonGroup = readonly [ReasonBody, ...ReasonBody[]];

/**
 * A reason that holds for twelve hosts is one sentence and twelve names. Only what differs by nothing but its subject is
 * put together, so that no word of the server is lost.
 */
export function groupedReasons(reasons: readonly ReasonBody[]): readonly ReasonGroup[] {
  const groups = new Map<string, [ReasonBody, ...ReasonBody[]]>();
  for (const reason of reasons) {
    const said = whatIsSaid(reason);
    const group = groups.get(said);
    if (group === undefined) groups.set(said, [reason]);
    else if (!group.some(({ subject }) => subject === reason.subject)) group.push(reason);
  }
  return [...groups.values()];
}

function whatIsSaid({ code, subject, clearableBy, by, sentence }: ReasonBody): string {
  return JSON.stringify([code, [...clearableBy].sort(), by, subject === '' ? sentence : sentence.split(subject)]);
}
