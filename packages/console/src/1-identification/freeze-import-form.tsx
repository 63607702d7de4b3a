import type { FreezeImported } from '@patchsteward/contract';
import { Form } from '@patternfly/react-core/dist/esm/components/Form/Form';
import { Modal } from '@patternfly/react-core/dist/esm/components/Modal/Modal';
import { ModalBody } from '@patternfly/react-core/dist/esm/components/Modal/ModalBody';
import { ModalFooter } from '@patternfly/react-core/dist/esm/components/Modal/ModalFooter';
import { ModalHeader } from '@patternfly/react-core/dist/esm/components/Modal/ModalHeader';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { CheckField } from '../parts/check-field.tsx';
import { TextField } from '../parts/field.tsx';
import { RefusedFields } from '../parts/refused-fields.tsx';
import { call } from '../platform/client.ts';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { FreezeLines } from './freeze-lines.tsx';
import { freezeList, groupList } from './group-queries.ts';

const words = strings.freezes;
const NAME_CHARACTERS_MAX = 64;

/** Reads a calendar, shows what it does to the windows, and keeps it when somebody has seen that. */
export function FreezeImportForm({ onClose }: { readonly onClose: () => void }) {
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const [groups, setGroups] = useState<readonly string[]>([]);
  const known = useQuery(groupList).data?.items ?? [];
  const queries = useQueryClient();
  const titleId = useId();
  const formId = useId();
  const fileId = useId();
  const forbidden = useForbidden('operator');
  const send = (preview: boolean) =>
    call('freeze.import', { body: { name, groups: groups.length === 0 ? null : [...groups], text, preview } });
  const look = useMutation({ mutationFn: () => send(true) });
  const keep = useMutation({
    mutationFn: () => send(false),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: freezeList.queryKey });
      await queries.invalidateQueries({ queryKey: groupList.queryKey });
    },
  });
  const change = (act: () => void): void => {
    look.reset();
    act();
  };
  const missing = name.trim() === '' || text === '' ? words.incomplete : null;
  const stopped = forbidden ?? missing;
  const busy = look.isPending || keep.isPending;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (stopped !== null || busy) return;
    if (look.data === undefined) look.mutate();
    else keep.mutate();
  };
  return (
    <Modal variant="medium" isOpen onClose={onClose} aria-labelledby={titleId}>
      <ModalHeader title={words.importTitle} labelId={titleId} />
      <ModalBody>
        <Form id={formId} onSubmit={submit}>
          <RefusedFields
            error={look.error ?? keep.error}
            labels={{ name: words.name, text: words.file, groups: words.groups }}
          >
            <TextField
              label={words.name}
              help={words.nameHelp}
              value={name}
              onChange={(value) => change(() => setName(value))}
              charactersMax={NAME_CHARACTERS_MAX}
              focused
            />
            <label htmlFor={fileId}>{words.file}</label>
            <input
              id={fileId}
              type="file"
              accept=".ics,text/calendar"
              onChange={(event) => {
                const [file] = event.target.files ?? [];
                change(() => setText(''));
                void file?.text().then(setText);
              }}
            />
            <fieldset className="ps-checks">
              <legend>{words.groups}</legend>
              <p className="ps-subtle">{groups.length === 0 ? words.everyGroup : words.holdsFor(groups)}</p>
              {known.map((group) => (
                <CheckField
                  key={group.name}
                  label={group.name}
                  checked={groups.includes(group.name)}
                  onChange={(checked) =>
                    change(() =>
                      setGroups(checked ? [...groups, group.name] : groups.filter((one) => one !== group.name)),
                    )
                  }
                />
              ))}
            </fieldset>
          </RefusedFields>
          {look.data !== undefined && <Effect imported={look.data} />}
        </Form>
      </ModalBody>
      <ModalFooter>
        <div className="ps-form-actions">
          <Action variant="primary" disabledReason={stopped} busy={busy ? words.working : null} submit form={formId}>
            {look.data === undefined ? words.look : words.keepThem(look.data.calendar.freezes.length)}
          </Action>
          <Action variant="link" disabledReason={null} onAct={onClose}>
            {words.cancel}
          </Action>
        </div>
      </ModalFooter>
    </Modal>
  );
}

function Effect({ imported }: { readonly imported: FreezeImported }) {
  const { calendar, groups, unread } = imported;
  const touched = groups.filter(({ lost, shortened }) => lost + shortened > 0);
  return (
    <div role="status">
      <FreezeLines freezes={calendar.freezes} />
      <ul>
        {touched.map(({ name, windows, lost, shortened }) => (
          <li key={name}>{words.effect(name, windows, lost, shortened)}</li>
        ))}
        {touched.length === 0 && <li>{words.noEffect}</li>}
        {unread.map(({ title, why }) => (
          <li key={`${title} ${why}`}>{words.unread(title, why)}</li>
        ))}
      </ul>
    </div>
  );
}
