import { createContext, type ReactNode, useContext } from 'react';
import { type FieldLabels, fieldProblems, isAtItsField } from './field-problems.ts';
import { Failed } from './states.tsx';

const Problems = createContext<ReadonlyMap<string, string>>(new Map());

interface RefusedFieldsProps {
  /** null: nothing was refused. */
  readonly error: unknown;
  readonly labels: FieldLabels;
  readonly children: ReactNode;
}

/** The fields of a form; what the server would not take stands in words above them, and at the field that it is about. */
export function RefusedFields({ error, labels, children }: RefusedFieldsProps) {
  return (
    <Problems value={fieldProblems(error, labels)}>
      {error !== null && !isAtItsField(error, labels) && <Failed error={error} labels={labels} />}
      {children}
    </Problems>
  );
}

/** What is wrong with the field of this label; null where nothing is. */
export function useProblem(label: string): string | null {
  return useContext(Problems).get(label) ?? null;
}

interface FieldNotesProps {
  readonly id: string;
  readonly problem: string | null;
  readonly help: ReactNode | undefined;
}

/** What is wrong with a field and what helps to fill it in. */
export function FieldNotes({ id, problem, help }: FieldNotesProps) {
  if (problem === null && help === undefined) return null;
  return (
    <div id={id} className="ps-subtle ps-help">
      {problem !== null && (
        <p className="ps-problem" role="alert">
          {problem}
        </p>
      )}
      {help}
    </div>
  );
}
