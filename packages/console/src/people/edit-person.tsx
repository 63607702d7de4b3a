import type { PersonBody } from '@patchsteward/contract';
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
import { strings } from '../platform/strings.ts';
import { changeOf } from './person-change.ts';
import { peopleQuery } from './queries.ts';
import { RoleBoxes } from './role-boxes.tsx';

const words = strings.people;
const NAME_CHARACTERS_MAX = 255;
const MAIL_CHARACTERS_MAX = 254;

const FIELDS = { name: words.name, mail: words.mail, roles: words.roles };

export function EditPerson({ person, onClose }: { readonly person: PersonBody; readonly onClose: () => void }) {
  const formId = useId();
  const titleId = useId();
  const [name, setName] = useState(person.name);
  const [mail, setMail] = useState(person.mail ?? '');
  const [roles, setRoles] = useState<readonly PersonBody['roles'][number][]>(person.roles);
  const queries = useQueryClient();
  const change = changeOf(person, { name, mail, roles });
  const save = useMutation({
    mutationFn: () => call('person.change', { params: { login: person.login }, body: change }),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: peopleQuery.queryKey });
    },
  });
  const nothing = Object.keys(change).length === 0 ? words.unchanged : null;
  const reason = name.trim() === '' ? words.nameNeeded : nothing;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (reason === null && !save.isPending) save.mutate();
  };
  return (
    <Modal variant="medium" isOpen onClose={onClose} aria-labelledby={titleId}>
      <ModalHeader title={words.editTitle(person.name)} labelId={titleId} />
      <ModalBody>
        <Form id={formId} onSubmit={submit}>
          <RefusedFields error={save.error} labels={FIELDS}>
            <TextField label={words.name} value={name} onChange={setName} charactersMax={NAME_CHARACTERS_MAX} focused />
            <TextField
              label={words.mail}
              value={mail}
              onChange={setMail}
              help={words.mailHelp}
              charactersMax={MAIL_CHARACTERS_MAX}
            />
            <RoleBoxes label={words.roles} value={roles} onChange={setRoles} />
          </RefusedFields>
        </Form>
      </ModalBody>
      <ModalFooter>
        <div className="ps-form-actions">
          <Action
            variant="primary"
            submit
            form={formId}
            disabledReason={reason}
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
