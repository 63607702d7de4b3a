import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { strings } from '../platform/strings.ts';
import type { DraftedField, FieldsDraft } from './fields-draft.ts';
import { groupList } from './group-queries.ts';

const words = strings.bulk;
const CHARACTERS_MAX = 3_300;

const CLOSED = {
  criticality: strings.criticality,
  exposure: strings.exposure,
  environment: strings.environment,
  ring: strings.facts.ring,
} as const;

export const FIELD_LABELS: Readonly<Record<DraftedField, string>> = {
  criticality: strings.asset.criticality,
  exposure: strings.asset.exposure,
  environment: strings.asset.environment,
  ring: strings.asset.ring,
  owner: strings.asset.owner,
  role: strings.asset.role,
  maintenanceGroup: strings.asset.maintenanceGroup,
  redundancyGroups: strings.asset.redundancyGroups,
  tags: strings.asset.tags,
  addTags: words.addTags,
  removeTags: words.removeTags,
};

interface FieldsFormProps {
  readonly draft: FieldsDraft;
  readonly fields: readonly DraftedField[];
  readonly onChange: (draft: FieldsDraft) => void;
}

/** Fields of which each is chosen before it says anything. */
export function FieldsForm({ draft, fields, onChange }: FieldsFormProps) {
  const groups = useQuery(groupList);
  const names = (groups.data?.items ?? []).map(({ name }) => name);
  const put = (field: DraftedField, value: string | undefined): void => {
    onChange(
      Object.fromEntries([
        ...Object.entries(draft).filter(([name]) => name !== field),
        ...(value === undefined ? [] : [[field, value]]),
      ]),
    );
  };
  return (
    <div className="ps-bulk-fields">
      {fields.map((field) => (
        <Field key={field} field={field} value={draft[field]} groups={names} put={(value) => put(field, value)} />
      ))}
    </div>
  );
}

interface FieldProps {
  readonly field: DraftedField;
  readonly value: string | undefined;
  readonly groups: readonly string[];
  readonly put: (value: string | undefined) => void;
}

function Field({ field, value, groups, put }: FieldProps) {
  const id = useId();
  const options = optionsOf(field, groups);
  const first = Object.keys(options ?? {})[0] ?? '';
  return (
    <div className="ps-bulk-field">
      <div className="ps-check">
        <input
          id={id}
          type="checkbox"
          checked={value !== undefined}
          onChange={(event) => put(event.target.checked ? first : undefined)}
        />
        <label htmlFor={id}>{FIELD_LABELS[field]}</label>
      </div>
      {value !== undefined && options !== null && (
        <select aria-label={FIELD_LABELS[field]} value={value} onChange={(event) => put(event.target.value)}>
          {Object.entries(options).map(([word, title]) => (
            <option key={word} value={word}>
              {title}
            </option>
          ))}
        </select>
      )}
      {value !== undefined && options === null && (
        <input
          aria-label={FIELD_LABELS[field]}
          value={value}
          maxLength={CHARACTERS_MAX}
          placeholder={isList(field) ? strings.facts.tagsHelp : words.none}
          onChange={(event) => put(event.target.value)}
        />
      )}
    </div>
  );
}

function optionsOf(field: DraftedField, groups: readonly string[]): Readonly<Record<string, string>> | null {
  if (field === 'maintenanceGroup') {
    return { '': words.none, ...Object.fromEntries(groups.map((name) => [name, name])) };
  }
  return field in CLOSED ? CLOSED[field as keyof typeof CLOSED] : null; // `in` does not narrow the word.
}

function isList(field: DraftedField): boolean {
  return field === 'tags' || field === 'addTags' || field === 'removeTags' || field === 'redundancyGroups';
}

export function fieldLabel(field: string): string {
  return field in FIELD_LABELS ? FIELD_LABELS[field as DraftedField] : field; // `in` does not narrow the word.
}
