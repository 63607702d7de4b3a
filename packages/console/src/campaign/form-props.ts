import type { Campaign } from '@patchsteward/contract';

export interface FormProps {
  readonly campaign: Campaign;
  /** It is done, or given up: the panel closes. */
  readonly onDone: () => void;
}

/** As the contract has it. */
export const WHY_CHARACTERS_MAX = 2_000;
