/** All that a script can learn from an exit code. Documented in the help; never extended. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  /** Done, and the answer holds findings or discrepancies. */
  findings: 3,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
