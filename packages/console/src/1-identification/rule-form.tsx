import type { AssetRuleBody } from '@patchsteward/contract';
import { Form } from '@patternfly/react-core/dist/esm/components/Form/Form';
import { Modal } from '@patternfly/react-core/dist/esm/components/Modal/Modal';
import { ModalBody } from '@patternfly/react-core/dist/esm/components/Modal/ModalBody';
import { ModalFooter } from '@patternfly/react-core/dist/esm/components/Modal/ModalFooter';
import { ModalHeader } from '@patternfly/react-core/dist/esm/components/Modal/ModalHeader';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { TextField } from '../parts/field.tsx';
import { RefusedFields } from '../parts/refused-fields.tsx';
import { call } from '../platform/client.ts';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { newKey } from './bulk-dialog.tsx';
import { type DraftedField, draftOfSet, isIncomplete, setOf } from './fields-draft.ts';
import { FIELD_LABELS, FieldsForm } from './fields-form.tsx';
import { ruleList } from './group-queries.ts';

const words = strings.rules;
const CHARACTERS_MAX = 255;
const FIELDS: readonly DraftedField[] = [
  'criticality',
  'exposure',
  'environment',
  'owner',
  'role',
  'maintenanceGroup',
  'redundancyGroups',
  'ring',
  'tags',
];

const LABELS = { pattern: words.pattern, note: words.note, ...FIELD_LABELS };

interface RuleFormProps {
  /** Undefined: a new one. */
  readonly rule: AssetRuleBody | undefined;
  readonly onClose: () => void;
}

/** Makes a rule or changes it, on top of what the person saw. */
export function RuleForm({ rule, onClose }: RuleFormProps) {
  const [base] = useState(rule);
  const [id] = useState(() => rule?.id ?? newKey());
  const [pattern, setPattern] = useState(rule?.pattern ?? '');
  const [note, setNote] = useState(rule?.note ?? '');
  const [draft, setDraft] = useState(() => draftOfSet(rule?.set ?? {}));
  const queries = useQueryClient();
  const titleId = useId();
  const formId = useId();
  const forbidden = useForbidden('operator');
  const body = {
    version: base?.version ?? 0,
    pattern: pattern.trim(),
    note: note.trim() === '' ? null : note.trim(),
    set: setOf(draft),
  };
  const save = useMutation({
    mutationFn: () => call('rule.set', { params: { id }, body }),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ruleList.queryKey });
    },
  });
  const missing = body.pattern === '' ? words.patternNeeded : null;
  const stopped = forbidden ?? missing ?? (isIncomplete(draft) === null ? null : strings.bulk.nothingChosen);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (stopped === null && !save.isPending) save.mutate();
  };

  return (
    <Modal variant="medium" isOpen onClose={onClose} aria-labelledby={titleId}>
      <ModalHeader title={base === undefined ? words.makeTitle : words.editTitle} labelId={titleId} />
      <ModalBody>
        <Form id={formId} onSubmit={submit}>
          <RefusedFields error={save.error} labels={LABELS}>
            <TextField
              label={words.pattern}
              help={words.patternHelp}
              value={pattern}
              onChange={setPattern}
              charactersMax={CHARACTERS_MAX}
              focused
            />
            <FieldsForm draft={draft} fields={FIELDS} onChange={setDraft} />
            <TextField label={words.note} value={note} onChange={setNote} charactersMax={CHARACTERS_MAX} />
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
          <Action variant="link" disabledReason={null} onAct={onClose}>
            {words.cancel}
          </Action>
        </div>
      </ModalFooter>
    </Modal>
  );
}
