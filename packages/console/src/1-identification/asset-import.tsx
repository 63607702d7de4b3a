import { type AssetImported, IMPORT_BYTES_MAX } from '@patchsteward/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Action } from '../parts/action.tsx';
import { TextField } from '../parts/field.tsx';
import { UploadIcon } from '../parts/icons.ts';
import { LongTextField } from '../parts/long-text-field.tsx';
import { Failed } from '../parts/states.tsx';
import { call } from '../platform/client.ts';
import { useForbidden } from '../platform/session.ts';
import { strings } from '../platform/strings.ts';
import { useTitle } from '../platform/title.ts';
import { ImportedLines } from './asset-import-lines.tsx';
import { PastImports } from './asset-imports.tsx';
import { decodedText } from './bill-file.ts';
import { newKey } from './bulk-dialog.tsx';

const words = strings.imports;
const SOURCE_CHARACTERS_MAX = 64;

/** A list, what it would do, what it did; and the lists before it. */
export function ImportScreen() {
  const [round, setRound] = useState(0);
  useTitle(words.title);
  return (
    <>
      <div className="ps-title">
        <h1>{words.title}</h1>
      </div>
      <p className="ps-lead">{words.lead}</p>
      <ImportForm key={round} onAgain={() => setRound(round + 1)} />
      <PastImports />
    </>
  );
}

function ImportForm({ onAgain }: { readonly onAgain: () => void }) {
  const [source, setSource] = useState('inventory');
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  // One key for one list: pressing the button again after a failure imports nothing twice.
  const [key] = useState(newKey);
  const queries = useQueryClient();
  const forbidden = useForbidden('operator');
  const send = (preview: boolean) =>
    call('asset.import', { body: { key, source: source.trim(), list: { form: 'csv', text }, preview } });
  const look = useMutation({ mutationFn: () => send(true) });
  const done = useMutation({ mutationFn: () => send(false), onSuccess: () => queries.invalidateQueries() });
  const change = (next: { readonly source?: string; readonly text?: string }): void => {
    if (next.source !== undefined) setSource(next.source);
    if (next.text !== undefined) setText(next.text);
    setProblem(null);
    look.reset();
  };
  if (done.data !== undefined) return <Done imported={done.data} onAgain={onAgain} />;

  const missing = source.trim() === '' ? words.sourceNeeded : null;
  const stopped = forbidden ?? missing ?? (text.trim() === '' ? words.textNeeded : null);
  return (
    <section className="ps-panel">
      <form
        className="ps-import-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (stopped === null && !look.isPending) look.mutate();
        }}
      >
        <TextField
          label={words.source}
          help={words.sourceHelp}
          value={source}
          charactersMax={SOURCE_CHARACTERS_MAX}
          required
          onChange={(next) => change({ source: next })}
        />
        <FileChoice stopped={forbidden} onText={(next) => change({ text: next })} onProblem={setProblem} />
        {problem !== null && <p role="alert">{problem}</p>}
        <LongTextField
          label={words.text}
          help={words.textHelp}
          value={text}
          charactersMax={IMPORT_BYTES_MAX}
          required
          onChange={(next) => change({ text: next })}
        />
        <div className="ps-form-actions">
          <Action submit variant="primary" disabledReason={stopped} busy={look.isPending ? words.previewing : null}>
            {words.preview}
          </Action>
        </div>
      </form>
      {look.isError && <Failed error={look.error} />}
      {look.data !== undefined && (
        <Seen seen={look.data} error={done.error} busy={done.isPending} onConfirm={() => done.mutate()} />
      )}
    </section>
  );
}

interface FileChoiceProps {
  readonly stopped: string | null;
  readonly onText: (text: string) => void;
  readonly onProblem: (problem: string) => void;
}

function FileChoice({ stopped, onText, onProblem }: FileChoiceProps) {
  const input = useRef<HTMLInputElement>(null);
  const read = async (file: File): Promise<void> => {
    if (file.size > IMPORT_BYTES_MAX) return onProblem(words.tooLarge);
    const text = decodedText(await file.arrayBuffer());
    if (text === null) onProblem(words.unreadable);
    else onText(text);
  };
  return (
    <div className="ps-form-actions">
      <Action disabledReason={stopped} icon={<UploadIcon />} onAct={() => input.current?.click()}>
        {words.choose}
      </Action>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.txt,.tsv,text/csv"
        aria-label={words.chooseLabel}
        onChange={(event) => {
          const file = event.target.files?.[0];
          // The same file may be chosen again after it was corrected.
          event.target.value = '';
          if (file !== undefined) void read(file);
        }}
      />
    </div>
  );
}

interface SeenProps {
  readonly seen: AssetImported;
  readonly error: unknown;
  readonly busy: boolean;
  readonly onConfirm: () => void;
}

function Seen({ seen, error, busy, onConfirm }: SeenProps) {
  const count = seen.total - seen.refused;
  return (
    <div role="status">
      <h2>{words.previewTitle}</h2>
      <ImportedLines imported={seen} />
      {error !== null && <Failed error={error} />}
      <div className="ps-form-actions">
        <Action
          variant="primary"
          disabledReason={count === 0 ? words.nothing : null}
          busy={busy ? words.importing : null}
          onAct={onConfirm}
        >
          {words.confirm(count)}
        </Action>
      </div>
    </div>
  );
}

function Done({ imported, onAgain }: { readonly imported: AssetImported; readonly onAgain: () => void }) {
  return (
    <section className="ps-panel" role="status">
      <h2>{words.doneTitle}</h2>
      <ImportedLines imported={imported} />
      <div className="ps-form-actions">
        <Action disabledReason={null} onAct={onAgain}>
          {words.again}
        </Action>
      </div>
    </section>
  );
}
