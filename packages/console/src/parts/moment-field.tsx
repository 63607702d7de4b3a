import { FormGroup } from '@patternfly/react-core/dist/esm/components/Form/FormGroup';
import { useId } from 'react';
import { exactUtc } from '../platform/time.ts';
import { localText, momentOf } from './moment-text.ts';
import { FieldNotes, useProblem } from './refused-fields.tsx';

interface MomentFieldProps {
  readonly label: string;
  /** Epoch milliseconds; null: none, or none that a calendar has. */
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

/** A moment in the reader's own time, to the minute, with the same moment in UTC below: that is what is signed. */
export function MomentField({ label, value, onChange }: MomentFieldProps) {
  const id = useId();
  const helpId = useId();
  return (
    <FormGroup label={label} fieldId={id} isRequired>
      <input
        id={id}
        type="datetime-local"
        className="ps-moment-field"
        required
        value={value === null ? '' : localText(value)}
        aria-describedby={helpId}
        onChange={({ target }) => onChange(momentOf(target.value))}
      />
      <FieldNotes id={helpId} problem={useProblem(label)} help={value === null ? undefined : exactUtc(value)} />
    </FormGroup>
  );
}
