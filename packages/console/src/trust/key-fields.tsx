import { FormGroup } from '@patternfly/react-core/dist/esm/components/Form/FormGroup';
import { useId, useRef } from 'react';
import { Action } from '../parts/action.tsx';
import { ChoiceField, TextField } from '../parts/field.tsx';
import { DangerIcon, UploadIcon } from '../parts/icons.ts';
import { strings } from '../platform/strings.ts';
import { type DraftKey, judgeSshLine } from './draft.ts';

const words = strings.trust.wizard;
const FILE_CHARACTERS_MAX = 255;
/** A line with an RSA key of 16,384 bits is below it. */
const LINE_CHARACTERS_MAX = 8_192;

interface KeyFieldsProps {
  readonly fileLabel: string;
  readonly help: string;
  readonly value: DraftKey;
  readonly onChange: (key: DraftKey) => void;
}

/** A key of a person: a public key that is there, or one that is still to be made. Never a secret one. */
export function KeyFields({ fileLabel, help, value, onChange }: KeyFieldsProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const judged = judgeSshLine(value.line);
  async function take(file: File): Promise<void> {
    const line = (await file.slice(0, LINE_CHARACTERS_MAX).text()).trim();
    onChange({ ...value, file: file.name, line });
  }
  return (
    <div className="ps-form-grid">
      <ChoiceField
        label={words.key}
        value={value.kind}
        words={words.keyKinds}
        onChange={(kind) =>
          onChange({ ...value, kind, file: value.file.replace(/\.(?:pub|key)$/, kind === 'ssh' ? '.pub' : '.key') })
        }
      />
      <TextField
        label={fileLabel}
        value={value.file}
        onChange={(file) => onChange({ ...value, file })}
        help={help}
        charactersMax={FILE_CHARACTERS_MAX}
      />
      {value.kind === 'ssh' && (
        <FormGroup label={words.sshKey} fieldId={id}>
          <textarea
            id={id}
            className="ps-text-area ps-code"
            rows={2}
            spellCheck={false}
            maxLength={LINE_CHARACTERS_MAX}
            aria-describedby={`${id}-help`}
            value={value.line}
            onChange={({ target }) => onChange({ ...value, line: target.value })}
          />
          <p id={`${id}-help`} className="ps-subtle ps-help">
            {words.sshKeyHelp}
          </p>
          {(judged === 'wrong' || judged === 'secret') && (
            <p role="alert" className="ps-feed-error">
              <DangerIcon /> {judged === 'secret' ? words.sshKeySecret : words.sshKeyWrong}
            </p>
          )}
          <Action variant="link" disabledReason={null} icon={<UploadIcon />} onAct={() => input.current?.click()}>
            {words.upload}
          </Action>
          <input
            ref={input}
            type="file"
            hidden
            aria-label={`${words.upload}: ${value.file}`}
            onChange={({ target }) => {
              const file = target.files?.[0];
              target.value = '';
              if (file !== undefined) void take(file);
            }}
          />
        </FormGroup>
      )}
    </div>
  );
}
