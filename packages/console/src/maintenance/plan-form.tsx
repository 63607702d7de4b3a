import type { MaintenancePlan } from '@patchsteward/contract';
import { Form } from '@patternfly/react-core/dist/esm/components/Form/Form';
import { Modal } from '@patternfly/react-core/dist/esm/components/Modal/Modal';
import { ModalBody } from '@patternfly/react-core/dist/esm/components/Modal/ModalBody';
import { ModalFooter } from '@patternfly/react-core/dist/esm/components/Modal/ModalFooter';
import { ModalHeader } from '@patternfly/react-core/dist/esm/components/Modal/ModalHeader';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { groupList } from '../1-identification/group-queries.ts';
import { Action } from '../parts/action.tsx';
import { CheckField } from '../parts/check-field.tsx';
import { TextField } from '../parts/field.tsx';
import { RefusedFields } from '../parts/refused-fields.tsx';
import { call } from '../platform/client.ts';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { readerZone } from '../platform/time.ts';
import { CycleFields } from './cycle-fields.tsx';
import { type PlanDraft, planChange, planDraft, planProblem } from './plan-draft.ts';
import { PLANS_KEY } from './queries.ts';

const words = strings.maintenance;
const NAME_CHARACTERS_MAX = 64;
const LINE_CHARACTERS_MAX = 1_024;
const DAYS_CHARACTERS_MAX = 2;
const TIME_CHARACTERS_MAX = 5;
const FIELDS = { groups: words.groups, rule: words.dates, zone: words.zone, asked: words.asked };

interface PlanFormProps {
  /** Undefined: a new one. */
  readonly plan: MaintenancePlan | undefined;
  readonly onClose: () => void;
}

/** Makes a plan or changes it, on top of what the person saw. */
export function PlanForm({ plan, onClose }: PlanFormProps) {
  const [base] = useState(plan);
  const [draft, setDraft] = useState(() => planDraft(plan, readerZone()));
  const queries = useQueryClient();
  const [titleId, formId] = [useId(), useId()];
  const forbidden = useForbidden('operator');
  const save = useMutation({
    mutationFn: () =>
      call('maintenance-plan.set', { params: { name: draft.name }, body: planChange(base?.version ?? 0, draft) }),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: [PLANS_KEY] });
    },
  });
  const stopped = forbidden ?? planProblem(draft) ?? (isSame(draft, base) ? words.unchanged : null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (stopped === null && !save.isPending) save.mutate();
  };

  return (
    <Modal variant="medium" isOpen onClose={onClose} aria-labelledby={titleId}>
      <ModalHeader title={base === undefined ? words.makeTitle : words.editTitle(base.name)} labelId={titleId} />
      <ModalBody>
        <Form id={formId} onSubmit={submit}>
          <RefusedFields error={save.error} labels={FIELDS}>
            <Fields draft={draft} isNew={base === undefined} put={(change) => setDraft({ ...draft, ...change })} />
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

function isSame(draft: PlanDraft, base: MaintenancePlan | undefined): boolean {
  return base !== undefined && JSON.stringify(planDraft(base, '')) === JSON.stringify(draft);
}

interface FieldsProps {
  readonly draft: PlanDraft;
  readonly isNew: boolean;
  readonly put: (change: Partial<PlanDraft>) => void;
}

function Fields({ draft, isNew, put }: FieldsProps) {
  return (
    <>
      {isNew && (
        <TextField
          label={words.name}
          help={words.nameHelp}
          value={draft.name}
          onChange={(name) => put({ name })}
          charactersMax={NAME_CHARACTERS_MAX}
          focused
        />
      )}
      <Groups chosen={draft.groups} put={(groups) => put({ groups })} />
      <CycleFields draft={draft} put={put} />
      <TextField
        label={words.zone}
        value={draft.zone}
        onChange={(zone) => put({ zone })}
        charactersMax={NAME_CHARACTERS_MAX}
      />
      <TextField
        label={words.leadDays}
        help={words.leadHelp}
        value={draft.leadDays}
        onChange={(leadDays) => put({ leadDays })}
        charactersMax={DAYS_CHARACTERS_MAX}
      />
      <TextField
        label={words.opensAt}
        value={draft.opensAt}
        onChange={(opensAt) => put({ opensAt })}
        charactersMax={TIME_CHARACTERS_MAX}
      />
      <TextField
        label={words.asked}
        help={words.askedHelp}
        value={draft.asked}
        onChange={(asked) => put({ asked })}
        charactersMax={LINE_CHARACTERS_MAX}
      />
    </>
  );
}

function Groups({
  chosen,
  put,
}: {
  readonly chosen: readonly string[];
  readonly put: (groups: readonly string[]) => void;
}) {
  const list = useQuery(groupList);
  // A group that is gone can still be taken out of a plan.
  const names = [...new Set([...(list.data?.items ?? []).map(({ name }) => name), ...chosen])].sort();
  return (
    <fieldset className="ps-bulk-fields">
      <legend>{words.groups}</legend>
      {list.data !== undefined && names.length === 0 && <p className="ps-subtle">{words.noGroups}</p>}
      <div className="ps-choices">
        {names.map((name) => (
          <CheckField
            key={name}
            label={name}
            checked={chosen.includes(name)}
            onChange={(on) => put(on ? [...chosen, name].sort() : chosen.filter((one) => one !== name))}
          />
        ))}
      </div>
    </fieldset>
  );
}
