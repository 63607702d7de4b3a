import type { Asset } from '@patchsteward/contract';
import { ApiError } from '@patchsteward/contract/client';
import { Form } from '@patternfly/react-core/dist/esm/components/Form/Form';
import { Modal } from '@patternfly/react-core/dist/esm/components/Modal/Modal';
import { ModalBody } from '@patternfly/react-core/dist/esm/components/Modal/ModalBody';
import { ModalFooter } from '@patternfly/react-core/dist/esm/components/Modal/ModalFooter';
import { ModalHeader } from '@patternfly/react-core/dist/esm/components/Modal/ModalHeader';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { WarningIcon } from '../parts/icons.ts';
import { RefusedFields } from '../parts/refused-fields.tsx';
import { call } from '../platform/client.ts';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { type AssetDraft, changedFields, changeOf, type DraftField, draftOf, rebase } from './asset-draft.ts';
import { AssetFactsFields } from './asset-facts-fields.tsx';
import { FIELD_LABELS } from './fields-form.tsx';
import { assetQuery } from './queries.ts';
import { useAssetAddress } from './use-asset-address.ts';

const words = strings.facts;

const LABELS = { name: strings.asset.name, kind: strings.asset.kind, ...FIELD_LABELS };

interface Conflict {
  readonly before: AssetDraft;
  readonly after: AssetDraft;
}

/** Changes what people say of an asset. Nothing is overwritten that the person has not seen. */
export function AssetFactsForm({ asset }: { readonly asset: Asset }) {
  const [base, setBase] = useState(asset);
  const [draft, setDraft] = useState(() => draftOf(asset));
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const queries = useQueryClient();
  const { put: putAddress } = useAssetAddress();
  const formId = useId();
  const titleId = useId();
  const close = (): void => putAddress({ edit: undefined });

  const save = useMutation({
    mutationFn: () => call('asset.change', { params: { id: base.id }, body: changeOf(base, draft) }),
    onSuccess: async (saved) => {
      queries.setQueryData(assetQuery(base.id).queryKey, saved);
      close();
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['assets'] }),
        queries.invalidateQueries({ queryKey: ['asset', base.id] }),
      ]);
    },
    onError: async (error) => {
      if (!(error instanceof ApiError) || error.code !== 'conflict') return;
      const current = await queries.fetchQuery({ ...assetQuery(base.id), staleTime: 0 });
      setConflict({ before: draftOf(base), after: draftOf(current) });
      setDraft(rebase(base, draft, current));
      setBase(current);
      save.reset();
    },
  });

  const forbidden = useForbidden('operator');
  const stopped = forbidden ?? whyNotSaved(draft, base);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (stopped === null && !save.isPending) save.mutate();
  };
  const put = (change: Partial<AssetDraft>): void => setDraft({ ...draft, ...change });

  return (
    <Modal variant="medium" isOpen onClose={close} aria-labelledby={titleId} elementToFocus="#asset-name">
      <ModalHeader title={words.title(asset.name)} description={words.lead} labelId={titleId} />
      <ModalBody>
        <Form id={formId} onSubmit={submit}>
          {conflict !== null && <ConflictNote conflict={conflict} />}
          <RefusedFields error={save.error} labels={LABELS}>
            <AssetFactsFields draft={draft} put={put} />
          </RefusedFields>
        </Form>
      </ModalBody>
      <ModalFooter>
        <div className="ps-form-actions">
          <Action
            variant="primary"
            disabledReason={stopped}
            busy={save.isPending ? words.saving : null}
            submit
            form={formId}
          >
            {words.save}
          </Action>
          <Action variant="link" disabledReason={null} onAct={close}>
            {words.cancel}
          </Action>
        </div>
      </ModalFooter>
    </Modal>
  );
}

function whyNotSaved(draft: AssetDraft, base: Asset): string | null {
  if (draft.name.trim() === '') return words.nameNeeded;
  return changedFields(draftOf(base), draft).length === 0 ? words.unchanged : null;
}

function ConflictNote({ conflict }: { readonly conflict: Conflict }) {
  const { before, after } = conflict;
  return (
    <div className="ps-conflict" role="alert">
      <WarningIcon />
      <div>
        <p className="ps-failed-title">{words.conflict}</p>
        <ul>
          {changedFields(before, after).map((field) => (
            <li key={field}>
              {words.conflictField(strings.asset[field], valueText(field, before), valueText(field, after))}
            </li>
          ))}
        </ul>
        <p>{words.conflictWhatToDo}</p>
      </div>
    </div>
  );
}

function valueText(field: DraftField, draft: AssetDraft): string {
  switch (field) {
    case 'kind':
      return strings.kind[draft.kind];
    case 'criticality':
      return strings.criticality[draft.criticality];
    case 'exposure':
      return strings.exposure[draft.exposure];
    case 'environment':
      return strings.environment[draft.environment];
    case 'ring':
      return words.ring[draft.ring];
    case 'name':
    case 'maintenanceGroup':
    case 'redundancyGroups':
    case 'owner':
    case 'role':
    case 'tags':
      return draft[field] === '' ? strings.asset.none : draft[field];
  }
}
