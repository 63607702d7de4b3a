import { type DragEvent, useRef, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { UploadIcon } from '../parts/icons.ts';
import { useProblem } from '../parts/refused-fields.tsx';
import { strings } from '../platform/strings.ts';
import { type BillFile, readBillFile } from './bill-file.ts';

const words = strings.bills.form;
const PROBLEMS = { 'too-large': words.tooLarge, unreadable: words.unreadable } as const;

interface BillDropProps {
  /** null: none was chosen yet. */
  readonly file: BillFile | null;
  readonly onFile: (file: BillFile) => void;
}

/** A place for a file: by a button, or dropped. What cannot be read leaves what was chosen before. */
export function BillDrop({ file, onFile }: BillDropProps) {
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [reading, setReading] = useState(false);
  const [over, setOver] = useState(false);
  const refused = useProblem(words.file);

  const take = async (files: readonly File[]): Promise<void> => {
    const [first, ...others] = files;
    if (first === undefined) return;
    if (others.length > 0) return setProblem(words.several);
    setReading(true);
    const read = await readBillFile(first);
    setReading(false);
    setProblem(typeof read === 'string' ? PROBLEMS[read] : null);
    if (typeof read !== 'string') onFile(read);
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void take([...event.dataTransfer.files]);
  };
  const said = problem ?? refused;

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no place to drop a file, and is read as one of fields
    <div
      role="group"
      aria-label={words.file}
      className={over ? 'ps-drop ps-drop-over' : 'ps-drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <p>
        {words.drop}{' '}
        <Action
          disabledReason={null}
          busy={reading ? words.reading : null}
          icon={<UploadIcon />}
          onAct={() => input.current?.click()}
        >
          {words.choose}
        </Action>
      </p>
      <input
        ref={input}
        type="file"
        hidden
        accept=".json,.jsonld,.xml,.spdx,.tag,application/json,application/xml,text/xml"
        aria-label={words.chooseLabel}
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          // The same file may be chosen again after it was corrected.
          target.value = '';
          void take(files);
        }}
      />
      {file !== null && (
        <p role="status" className="ps-break">
          {words.chosen(file.name, words.size(file.bytes))}
        </p>
      )}
      {said !== null && (
        <p role="alert" className="ps-problem">
          {said}
        </p>
      )}
      <p className="ps-subtle">{words.fileHelp}</p>
    </div>
  );
}
