import { FormGroup } from '@patternfly/react-core/dist/esm/components/Form/FormGroup';
import { FormSelect } from '@patternfly/react-core/dist/esm/components/FormSelect/FormSelect';
import { FormSelectOption } from '@patternfly/react-core/dist/esm/components/FormSelect/FormSelectOption';
import { TextInput } from '@patternfly/react-core/dist/esm/components/TextInput/TextInput';
import { type HTMLInputAutoCompleteAttribute, type ReactNode, useId } from 'react';
import { FieldNotes, useProblem } from './refused-fields.tsx';

interface TextFieldProps {
  /** Given where something else refers to the field. */
  readonly id?: string;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly help?: ReactNode;
  readonly type?: 'text' | 'password';
  readonly autoComplete?: HTMLInputAutoCompleteAttribute;
  readonly required?: boolean;
  readonly focused?: boolean;
  readonly charactersMax: number;
}

export function TextField(props: TextFieldProps) {
  const ownId = useId();
  const id = props.id ?? ownId;
  const helpId = useId();
  const problem = useProblem(props.label);
  return (
    <FormGroup label={props.label} fieldId={id} isRequired={props.required === true}>
      <TextInput
        id={id}
        type={props.type ?? 'text'}
        value={props.value}
        maxLength={props.charactersMax}
        autoComplete={props.autoComplete ?? 'off'}
        autoCapitalize="none"
        spellCheck={false}
        isRequired={props.required === true}
        // The one thing to do on the screen that asks for it.
        autoFocus={props.focused === true}
        validated={problem === null ? 'default' : 'error'}
        {...(props.help === undefined && problem === null ? {} : { 'aria-describedby': helpId })}
        onChange={(_, value) => props.onChange(value)}
      />
      <FieldNotes id={helpId} problem={problem} help={props.help} />
    </FormGroup>
  );
}

interface ChoiceFieldProps<Word extends string> {
  readonly label: string;
  readonly value: Word;
  readonly words: Readonly<Record<Word, string>>;
  readonly onChange: (value: Word) => void;
  readonly help?: ReactNode;
}

/** One of a closed set of words. */
export function ChoiceField<Word extends string>({ label, value, words, onChange, help }: ChoiceFieldProps<Word>) {
  const id = useId();
  const helpId = useId();
  const problem = useProblem(label);
  const known = wordsOf(words);
  return (
    <FormGroup label={label} fieldId={id}>
      <FormSelect
        id={id}
        value={value}
        validated={problem === null ? 'default' : 'error'}
        {...(help === undefined && problem === null ? {} : { 'aria-describedby': helpId })}
        onChange={(_, chosen) => {
          const word = known.find((candidate) => candidate === chosen);
          if (word !== undefined) onChange(word);
        }}
      >
        {known.map((word) => (
          <FormSelectOption key={word} value={word} label={words[word]} />
        ))}
      </FormSelect>
      <FieldNotes id={helpId} problem={problem} help={help} />
    </FormGroup>
  );
}

function wordsOf<Word extends string>(words: Readonly<Record<Word, string>>): Word[] {
  return Object.keys(words) as Word[]; // Object.keys forgets that the record is closed.
}
