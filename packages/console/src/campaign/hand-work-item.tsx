import { EVIDENCE_BYTES_MAX, EVIDENCE_NAME, type ManualWork } from '@patchsteward/contract';
import { type FormEvent, useId, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { TextField } from '../parts/field.tsx';
import { GoodIcon } from '../parts/icons.ts';
import { Failed } from '../parts/states.tsx';
import { Tag } from '../parts/tag.tsx';
import { call } from '../platform/client.ts';
import { strings } from '../platform/strings.ts';
import { useCampaignChange } from './use-campaign-change.ts';

const words = strings.campaign.hand;
const NOTE_CHARACTERS_MAX = 2_000;

interface HandItemProps {
  readonly work: ManualWork;
  readonly item: ManualWork['items'][number];
  readonly index: number;
  /** Why nothing can be filed now; null: it can. */
  readonly stopped: string | null;
}

/** One item of the checklist, and a form for what it wants. */
export function HandItem({ work, item, index, stopped }: HandItemProps) {
  const { step, text, doneAt, note, files } = item;
  return (
    <li>
      <strong>{words.steps[step]}</strong> {text}{' '}
      {doneAt !== null && (
        <Tag tone="good" icon={GoodIcon}>
          {words.isDone}
        </Tag>
      )}
      {note !== null && <p className="ps-subtle">{note}</p>}
      {files.map(({ hash, name }) => (
        <p key={hash} className="ps-subtle">
          <a href={`/api/v1/work/${work.job}/files/${hash}`}>{name}</a>{' '}
          <span className="ps-code">{hash.slice(7, 19)}</span>
        </p>
      ))}
      {work.underWay && <ItemForm work={work} item={item} index={index} stopped={stopped} />}
    </li>
  );
}

/** The file goes before the tick: an item that is done has what it wants. */
function ItemForm({ work: { asset, campaign, job }, item, index, stopped }: HandItemProps) {
  const [note, setNote] = useState(item.note ?? '');
  const [file, setFile] = useState<File | null>(null);
  const fileId = useId();
  const params = { job, item: index };
  const send = useCampaignChange(
    campaign,
    async () => {
      if (file !== null) await call('work.attach', { params, query: { name: file.name }, body: file });
      return call('work.item', { params, body: { note: note.trim() === '' ? null : note.trim() } });
    },
    () => setFile(null),
  );
  const reason = stopped ?? missing(item, note, file);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (reason === null && !send.isPending) send.mutate();
  };
  return (
    <form onSubmit={submit} aria-label={words.item(index + 1, asset)}>
      {item.evidence !== 'none' && (
        <TextField label={words.note(index + 1)} value={note} onChange={setNote} charactersMax={NOTE_CHARACTERS_MAX} />
      )}
      {item.evidence === 'file' && (
        <p>
          <label htmlFor={fileId}>{words.file(index + 1)}</label>{' '}
          <input id={fileId} type="file" onChange={({ target }) => setFile(target.files?.[0] ?? null)} />
        </p>
      )}
      {send.error !== null && <Failed error={send.error} />}
      <Action
        disabledReason={reason}
        busy={send.isPending ? words.filing : null}
        submit
        small
        label={words.doneOf(index + 1)}
      >
        {words.itemDone}
      </Action>
    </form>
  );
}

function missing({ evidence, files }: ManualWork['items'][number], note: string, file: File | null): string | null {
  if (evidence === 'note' && note.trim() === '') return words.wants.note;
  if (evidence === 'file' && file === null && files.length === 0) return words.wants.file;
  if (file !== null && file.size > EVIDENCE_BYTES_MAX) return words.tooLarge;
  return file !== null && !EVIDENCE_NAME.test(file.name) ? words.badName : null;
}
