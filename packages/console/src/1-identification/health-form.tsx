import type { Asset, HealthProfileBody } from '@patchsteward/contract';
import { ApiError } from '@patchsteward/contract/client';
import { Form } from '@patternfly/react-core/dist/esm/components/Form/Form';
import { Modal } from '@patternfly/react-core/dist/esm/components/Modal/Modal';
import { ModalBody } from '@patternfly/react-core/dist/esm/components/Modal/ModalBody';
import { ModalFooter } from '@patternfly/react-core/dist/esm/components/Modal/ModalFooter';
import { ModalHeader } from '@patternfly/react-core/dist/esm/components/Modal/ModalHeader';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { TextField } from '../parts/field.tsx';
import { WarningIcon } from '../parts/icons.ts';
import { LongTextField } from '../parts/long-text-field.tsx';
import { Failed } from '../parts/states.tsx';
import { call } from '../platform/client.ts';
import { strings } from '../platform/strings.ts';
import { CHECK_KINDS, type ChecksDraft, type HealthDraft, healthDraftOf, healthRequest } from './health-draft.ts';
import { healthQuery } from './health-query.ts';

const words = strings.health;
const LINES_CHARACTERS_MAX = 20_000;
const NUMBER_CHARACTERS_MAX = 5;

interface HealthFormProps {
  readonly asset: Asset;
  readonly profile: HealthProfileBody;
  readonly onClose: () => void;
}

/** Says what must run on an asset. What somebody else changed meanwhile is not overwritten unseen. */
export function HealthForm({ asset, profile, onClose }: HealthFormProps) {
  const [version, setVersion] = useState(profile.version);
  const [draft, setDraft] = useState(() => healthDraftOf(profile));
  const [isConflict, setIsConflict] = useState(false);
  const queries = useQueryClient();
  const titleId = useId();
  const formId = useId();
  const request = healthRequest(draft, version);
  const save = useMutation({
    mutationFn: (body: HealthProfileBody) => call('health-profile.set', { params: { id: asset.id }, body }),
    onSuccess: (saved) => {
      queries.setQueryData(healthQuery(asset.id).queryKey, saved);
      onClose();
    },
    onError: async (error) => {
      if (!(error instanceof ApiError) || error.code !== 'conflict') return;
      const current = await queries.fetchQuery({ ...healthQuery(asset.id), staleTime: 0 });
      setVersion(current.version);
      setIsConflict(true);
      save.reset();
    },
  });
  const put = (change: Partial<HealthDraft>): void => {
    save.reset();
    setDraft({ ...draft, ...change });
  };
  const stopped = typeof request === 'string' ? words.problems[request] : null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (typeof request !== 'string' && !save.isPending) save.mutate(request);
  };
  return (
    <Modal variant="medium" isOpen onClose={onClose} aria-labelledby={titleId}>
      <ModalHeader title={words.editOf(asset.name)} labelId={titleId} />
      <ModalBody>
        <Form id={formId} onSubmit={submit}>
          {isConflict && (
            <p role="alert">
              <WarningIcon /> {words.conflict}
            </p>
          )}
          {save.isError && <Failed error={save.error} labels={LABELS} />}
          <ChecksFields
            legend={words.required}
            checks={draft.required}
            onChange={(required) => put({ required: { ...draft.required, ...required } })}
          />
          <TextField
            label={words.errorsField}
            help={words.errorsHelp}
            value={draft.errors}
            onChange={(errors) => put({ errors })}
            charactersMax={NUMBER_CHARACTERS_MAX}
          />
          <TextField
            label={words.watchField}
            help={words.watchHelp}
            value={draft.watchSeconds}
            onChange={(watchSeconds) => put({ watchSeconds })}
            charactersMax={NUMBER_CHARACTERS_MAX}
          />
          <ChecksFields
            legend={words.wanted}
            checks={draft.wanted}
            onChange={(wanted) => put({ wanted: { ...draft.wanted, ...wanted } })}
          />
        </Form>
      </ModalBody>
      <ModalFooter>
        <div className="ps-form-actions">
          <Action
            variant="primary"
            submit
            form={formId}
            disabledReason={stopped}
            busy={save.isPending ? words.saving : null}
          >
            {words.save}
          </Action>
          <Action variant="link" disabledReason={null} onAct={onClose}>
            {words.cancel}
          </Action>
        </div>
      </ModalFooter>
    </Modal>
  );
}

const LABELS = { ...words.checks, errorLinesMax: words.errorsField, watchMs: words.watchField };

interface ChecksFieldsProps {
  readonly legend: string;
  readonly checks: ChecksDraft;
  readonly onChange: (change: Partial<ChecksDraft>) => void;
}

function ChecksFields({ legend, checks, onChange }: ChecksFieldsProps) {
  return (
    <fieldset className="ps-bulk-fields ps-checks">
      <legend>{legend}</legend>
      {CHECK_KINDS.map((kind) => (
        <LongTextField
          key={kind}
          label={words.checks[kind]}
          help={words.help[kind]}
          value={checks[kind]}
          charactersMax={LINES_CHARACTERS_MAX}
          onChange={(text) => onChange({ [kind]: text })}
        />
      ))}
    </fieldset>
  );
}
