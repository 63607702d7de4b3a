import { errorCode } from './files.ts';
import { Problem } from './problem.ts';

/** An expected failure as what it is; null for an error that nobody expected, which is a bug. */
export function problemOf(error: unknown): Problem | null {
  if (error instanceof Problem) return error;
  if (error instanceof Error && error.name === 'AbortError') {
    return new Problem('stopped', 'told to stop before it was done', 'run it again; what was begun is taken up', error);
  }
  const code = errorCode(error);
  if (!(error instanceof Error) || code === null) return null;
  return new Problem(code, error.message, 'look at the file or folder named here', error);
}

/** Whatever can be expected to go wrong leaves as a `Problem`, with words for a person; all else is a bug. */
export async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw problemOf(error) ?? error;
  }
}
