import { ApiError } from '@patchsteward/contract/client';

/** The fields of a form by the names that the API has for them. */
export type FieldLabels = Readonly<Record<string, string>>;

/**
 * The label of the field that a path of the API speaks of, by the outermost of its names that the form has; null where
 * it has none. `body.tags.3` and `body.set.tags` are in `tags`.
 */
export function labelOf(path: string, labels: FieldLabels): string | null {
  const name = path.split('.').find((one) => Object.hasOwn(labels, one));
  return name === undefined ? null : (labels[name] ?? null);
}

/** What the server would not take, by the labels of the fields that it stood in. */
export function fieldProblems(error: unknown, labels: FieldLabels): ReadonlyMap<string, string> {
  const problems = new Map<string, string>();
  if (!(error instanceof ApiError)) return problems;
  for (const { path, problem } of error.details) {
    const label = labelOf(path, labels);
    if (label !== null && !problems.has(label)) problems.set(label, asSentence(problem));
  }
  return problems;
}

/** Whether all that there is to say of a refusal stands at one field. */
export function isAtItsField(error: unknown, labels: FieldLabels): boolean {
  if (!(error instanceof ApiError)) return false;
  const [only, ...others] = error.details;
  return (
    only !== undefined && others.length === 0 && only.problem === error.message && labelOf(only.path, labels) !== null
  );
}

/** Problems are written to stand behind the name of a field: in lower case, without a full stop. */
function asSentence(problem: string): string {
  const capital = problem.charAt(0).toUpperCase() + problem.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
