import { Action } from '../parts/action.tsx';
import { TextField } from '../parts/field.tsx';
import { RoleBoxes } from '../people/role-boxes.tsx';
import { strings } from '../platform/strings.ts';
import type { DraftPerson } from './draft.ts';
import { KeyFields } from './key-fields.tsx';

const words = strings.trust.wizard;
const LOGIN_CHARACTERS_MAX = 64;
const NAME_CHARACTERS_MAX = 255;

interface WizardPersonProps {
  readonly title: string;
  readonly person: DraftPerson;
  readonly onChange: (person: DraftPerson) => void;
  readonly onRemove?: () => void;
}

export function WizardPerson({ title, person, onChange, onRemove }: WizardPersonProps) {
  const named = person.name.trim() === '' ? title : person.name.trim();
  // The file is named after the login until somebody names it otherwise.
  const follows = person.key.file === `${person.login}.pub` || person.key.file === `person-${person.id}.pub`;
  return (
    <fieldset className="ps-wizard-person">
      <legend>{title}</legend>
      <div className="ps-form-grid">
        <TextField
          label={words.login}
          value={person.login}
          onChange={(login) =>
            onChange({
              ...person,
              login,
              key: follows && login !== '' ? { ...person.key, file: `${login}.pub` } : person.key,
            })
          }
          charactersMax={LOGIN_CHARACTERS_MAX}
        />
        <TextField
          label={words.name}
          value={person.name}
          onChange={(name) => onChange({ ...person, name })}
          charactersMax={NAME_CHARACTERS_MAX}
        />
      </div>
      <RoleBoxes label={words.roles} value={person.roles} onChange={(roles) => onChange({ ...person, roles })} />
      <KeyFields
        fileLabel={words.keyFile}
        help={words.keyFileHelp}
        value={person.key}
        onChange={(key) => onChange({ ...person, key })}
      />
      {onRemove !== undefined && (
        <Action variant="link" disabledReason={null} onAct={onRemove}>
          {words.removePerson(named)}
        </Action>
      )}
    </fieldset>
  );
}
