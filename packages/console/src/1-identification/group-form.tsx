import type { MaintenanceGroup } from '@patchsteward/contract';
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
import { readerZone } from '../platform/time.ts';
import { type GroupDraft, groupChange, groupDraft, groupProblem } from './group-draft.ts';
import { groupList } from './group-queries.ts';
import { USUAL_WINDOW, type WindowDraft } from './window-draft.ts';
import { WindowRow } from './window-row.tsx';

const words = strings.groups;
const NAME_CHARACTERS_MAX = 64;
const ZONE_CHARACTERS_MAX = 64;
const PROBLEMS = { name: words.nameWrong, zone: words.zoneNeeded, window: words.lengthWrong } as const;

const FIELDS = { name: words.name, zone: words.zone, windows: words.windows };

interface GroupFormProps {
  /** Undefined: a new one. */
  readonly group: MaintenanceGroup | undefined;
  readonly onClose: () => void;
}

/** Makes a group or changes it, on top of what the person saw. */
export function GroupForm({ group, onClose }: GroupFormProps) {
  const [base] = useState(group);
  const [draft, setDraft] = useState(() => groupDraft(group, readerZone()));
  const queries = useQueryClient();
  const titleId = useId();
  const formId = useId();
  const forbidden = useForbidden('operator');
  const save = useMutation({
    mutationFn: () => call('group.set', { params: { name: draft.name }, body: groupChange(base?.version ?? 0, draft) }),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: groupList.queryKey });
    },
  });
  const stopped = forbidden ?? whyNot(draft, base);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (stopped === null && !save.isPending) save.mutate();
  };
  const put = (change: Partial<GroupDraft>): void => setDraft({ ...draft, ...change });

  return (
    <Modal variant="medium" isOpen onClose={onClose} aria-labelledby={titleId}>
      <ModalHeader title={base === undefined ? words.makeTitle : words.editTitle(base.name)} labelId={titleId} />
      <ModalBody>
        <Form id={formId} onSubmit={submit}>
          <RefusedFields error={save.error} labels={FIELDS}>
            {base === undefined && (
              <TextField
                label={words.name}
                help={words.nameHelp}
                value={draft.name}
                onChange={(name) => put({ name })}
                charactersMax={NAME_CHARACTERS_MAX}
                focused
              />
            )}
            <TextField
              label={words.zone}
              help={words.zoneHelp}
              value={draft.zone}
              onChange={(zone) => put({ zone })}
              charactersMax={ZONE_CHARACTERS_MAX}
            />
            <Windows windows={draft.windows} put={(windows) => put({ windows })} />
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

function whyNot(draft: GroupDraft, base: MaintenanceGroup | undefined): string | null {
  const problem = groupProblem(draft);
  if (problem !== null) return PROBLEMS[problem];
  const same = base !== undefined && JSON.stringify(groupDraft(base, '')) === JSON.stringify(draft);
  return same ? words.unchanged : null;
}

interface WindowsProps {
  readonly windows: readonly WindowDraft[];
  readonly put: (windows: readonly WindowDraft[]) => void;
}

function Windows({ windows, put }: WindowsProps) {
  return (
    <fieldset className="ps-bulk-fields">
      <legend>{words.windows}</legend>
      {windows.map((window, index) => (
        <WindowRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a window has no name but its place
          key={index}
          index={index + 1}
          window={window}
          put={(changed) => put(windows.with(index, changed))}
          onRemove={() => put(windows.toSpliced(index, 1))}
        />
      ))}
      <Action small disabledReason={null} onAct={() => put([...windows, USUAL_WINDOW])}>
        {words.addWindow}
      </Action>
    </fieldset>
  );
}
