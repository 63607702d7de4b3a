import type { JobBody } from '@patchsteward/contract';

/** A line of the list: the title of a wave, or a work order in it. */
export type JobLine =
  | {
      readonly kind: 'wave';
      readonly key: string;
      readonly planKind: JobBody['planKind'];
      readonly wave: number;
      readonly jobs: number;
    }
  | { readonly kind: 'job'; readonly key: string; readonly job: JobBody };

const ORDER = ['production', 'rollback', 'test'] as const satisfies readonly JobBody['planKind'][];

/** Wave after wave, what is deployed first; in a wave those with trouble come first, then by name. */
export function jobLines(jobs: readonly JobBody[]): JobLine[] {
  const groups = Map.groupBy(
    jobs,
    ({ planKind, wave }) => `${ORDER.indexOf(planKind)} ${String(wave).padStart(5, '0')}`,
  );
  return [...groups]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([key, members]): JobLine[] => {
      const [first] = members;
      if (first === undefined) return [];
      const { planKind, wave } = first;
      return [
        { kind: 'wave', key: `wave ${key}`, planKind, wave, jobs: members.length },
        ...members.toSorted(byTrouble).map((job): JobLine => ({ kind: 'job', key: job.job, job })),
      ];
    });
}

function byTrouble(one: JobBody, other: JobBody): number {
  return urgency(other) - urgency(one) || (one.asset < other.asset ? -1 : 1);
}

function urgency({ unknownSince, trouble }: JobBody): number {
  if (unknownSince !== null) return 2;
  return trouble === null ? 0 : 1;
}
