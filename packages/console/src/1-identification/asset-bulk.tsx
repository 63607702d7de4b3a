import type { AssetFilterWords } from '@patchsteward/contract';
import { useState } from 'react';
import { Action } from '../parts/action.tsx';
import { call } from '../platform/client.ts';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { type AssetSelection, NOTHING_SELECTED, SELECTED_MAX, selectedCount } from './asset-selection.ts';
import { BulkDialog } from './bulk-dialog.tsx';
import { type DraftedField, type FieldsDraft, isIncomplete, setOf } from './fields-draft.ts';
import { FieldsForm } from './fields-form.tsx';

const words = strings.bulk;
const FIELDS: readonly DraftedField[] = [
  'criticality',
  'exposure',
  'environment',
  'owner',
  'maintenanceGroup',
  'redundancyGroups',
  'ring',
  'addTags',
  'removeTags',
  'role',
];

interface AssetBulkProps {
  readonly selection: AssetSelection;
  readonly filter: AssetFilterWords;
  /** As many as the filter finds. */
  readonly total: number;
  readonly onSelect: (selection: AssetSelection) => void;
}

/** What can be done with what is selected; at the lower edge, so that it stays in sight. */
export function AssetBulk({ selection, filter, total, onSelect }: AssetBulkProps) {
  const [open, setOpen] = useState(false);
  const forbidden = useForbidden('operator');
  const count = selectedCount(selection, total);
  if (count === 0 && !open) return null;
  const tooMany = selection.kind === 'some' && count > SELECTED_MAX ? words.tooMany(SELECTED_MAX) : null;
  return (
    <section className="ps-bulk-bar" aria-label={words.selected(count)}>
      <span role="status">{selection.kind === 'all' ? words.allMatching(total) : words.selected(count)}</span>
      {selection.kind === 'some' && count < total && (
        <Action small variant="link" disabledReason={null} onAct={() => onSelect({ kind: 'all' })}>
          {words.selectMatching(total)}
        </Action>
      )}
      <Action small variant="link" disabledReason={null} onAct={() => onSelect(NOTHING_SELECTED)}>
        {words.clear}
      </Action>
      <Action small variant="primary" disabledReason={forbidden ?? tooMany} onAct={() => setOpen(true)}>
        {words.change}
      </Action>
      {open && <ChangeDialog {...{ selection, filter, total, count }} onClose={() => setOpen(false)} />}
    </section>
  );
}

const STOPPED = { nothing: words.nothingChosen, tags: words.incomplete } as const;

interface ChangeDialogProps extends Omit<AssetBulkProps, 'onSelect'> {
  readonly count: number;
  readonly onClose: () => void;
}

function ChangeDialog({ selection, filter, total, count, onClose }: ChangeDialogProps) {
  const [draft, setDraft] = useState<FieldsDraft>({});
  // What was chosen when the dialog opened: a change may take assets out of the filter by which they were found.
  const [of] = useState(() =>
    selection.kind === 'all'
      ? { kind: 'filter' as const, filter: definedOf(filter), total }
      : { kind: 'ids' as const, ids: [...selection.ids] },
  );
  const [titleCount] = useState(count);
  const missing = isIncomplete(draft);
  return (
    <BulkDialog
      title={words.title(titleCount)}
      lead={words.lead}
      stopped={missing === null ? null : STOPPED[missing]}
      act={words.confirm}
      nothing={words.nothingToDo}
      send={(key, preview) => call('asset.change-many', { body: { key, of, set: setOf(draft), preview } })}
      onClose={onClose}
    >
      <FieldsForm draft={draft} fields={FIELDS} onChange={setDraft} />
    </BulkDialog>
  );
}

/** A filter that was removed is still there as undefined; it says nothing. */
function definedOf(filter: AssetFilterWords): AssetFilterWords {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== ''));
}
