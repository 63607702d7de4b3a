import { useId } from 'react';
import { strings } from '../platform/strings.ts';

const ROLE_WORDS = ['it', 'owner', 'change', 'security', 'admin', 'auditor'] as const;
export type RoleWord = (typeof ROLE_WORDS)[number];

interface RoleBoxesProps {
  readonly label: string;
  readonly value: readonly RoleWord[];
  readonly onChange: (roles: readonly RoleWord[]) => void;
}

/** The roles of a person, each with what it may do. */
export function RoleBoxes({ label, value, onChange }: RoleBoxesProps) {
  const id = useId();
  return (
    <fieldset className="ps-role-boxes">
      <legend>{label}</legend>
      {ROLE_WORDS.map((role) => (
        <div key={role} className="ps-role-box">
          <input
            type="checkbox"
            id={`${id}-${role}`}
            aria-describedby={`${id}-${role}-does`}
            checked={value.includes(role)}
            onChange={({ target }) =>
              onChange(ROLE_WORDS.filter((each) => (each === role ? target.checked : value.includes(each))))
            }
          />
          <label htmlFor={`${id}-${role}`}>{strings.roleTitle[role]}</label>
          <span id={`${id}-${role}-does`} className="ps-subtle">
            {strings.people.roleDoes[role]}
          </span>
        </div>
      ))}
    </fieldset>
  );
}
