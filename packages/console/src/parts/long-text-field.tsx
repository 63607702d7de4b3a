import { FormGroup } from '@patternfly/react-core/dist/esm/components/Form/FormGroup';
import { TextArea } from '@patternfly/react-core/dist/esm/components/TextArea/TextArea';
import { type ReactNode, useId } from 'react';
import { FieldNotes, useProblem } from './refused-fields.tsx';

interface LongTextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly help?: ReactNode;
  readonly required?: boolean;
  readonly focused?: boolean;
  readonly charactersMax: number;
}

/** Some sentences: a reason that stays in the record. */
export function LongTextField(props: LongTextFieldProps) {
  const { label, value, onChange, help, required = false, focused = false, charactersMax } = props;
  const id = useId();
  const helpId = useId();
  const problem = useProblem(label);
  return (
    <FormGroup label={label} fieldId={id} isRequired={required}>
      <TextArea
        id={id}
        value={value}
        maxLength={charactersMax}
        rows={3}
        resizeOrientation="vertical"
        required={required}
        autoFocus={focused}
        validated={problem === null ? 'default' : 'error'}
        {...(help === undefined && problem === null ? {} : { 'aria-describedby': helpId })}
        onChange={(_, text) => onChange(text)}
      />
      <FieldNotes id={helpId} problem={problem} help={help} />
    </FormGroup>
  );
}
