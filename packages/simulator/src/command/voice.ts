/** Where a command speaks: to whoever reads its result, and to whoever waits for it. */
export interface Voice {
  readonly say: (line: string) => void;
  readonly progress: (line: string) => void;
}
