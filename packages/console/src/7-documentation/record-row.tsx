import type { RecordEntryBody } from '@patchsteward/contract';
import { Clock } from '../parts/clock.tsx';
import { RowToggle } from '../parts/row-toggle.tsx';
import type { Column } from '../parts/table.tsx';
import { numberText, strings } from '../platform/strings.ts';

const words = strings.record;

interface RowActs {
  readonly open: string | undefined;
  readonly toggle: (entry: RecordEntryBody) => void;
  readonly only: (filter: { readonly actor?: string; readonly subject?: string }) => void;
}

export function recordColumns({ open, toggle, only }: RowActs): readonly Column<RecordEntryBody>[] {
  return [
    {
      key: 'what',
      header: words.columns.what,
      cell: (entry) => (
        <>
          <RowToggle open={entry.id === open} onToggle={() => toggle(entry)}>
            <span className="ps-code">{entry.kind}</span>
          </RowToggle>
          <Place index={entry.index} />
        </>
      ),
    },
    {
      key: 'subject',
      header: words.columns.subject,
      cell: ({ subject }) => (
        <button
          type="button"
          className="ps-filter-link ps-code"
          title={words.onlyAbout(subject)}
          onClick={() => only({ subject })}
        >
          {subject}
        </button>
      ),
    },
    {
      key: 'who',
      header: words.columns.who,
      cell: (entry) => (
        <button
          type="button"
          className="ps-filter-link"
          title={words.onlyBy(whoOf(entry))}
          onClick={() => only({ actor: entry.actor })}
        >
          {whoOf(entry)}
        </button>
      ),
    },
    { key: 'when', header: words.columns.when, cell: ({ at }) => <Clock at={at} inRow /> },
  ];
}

function Place({ index }: { readonly index: number | null }) {
  return index === null ? (
    <span className="ps-second" data-hint={words.waitingWhy}>
      {words.waiting}
    </span>
  ) : (
    <span className="ps-second">
      {words.columns.entry} {numberText(index)}
    </span>
  );
}

function whoOf({ actor, actorName }: RecordEntryBody): string {
  if (actorName !== null) return actorName;
  return actor === 'system' || actor === 'local' ? words.who[actor] : actor;
}
