/** What an offline verification of an exported record can find. // SOP P7.2 */
export type RecordFaultCode =
  | 'line-unreadable'
  | 'line-out-of-place'
  | 'entry-missing'
  | 'entry-changed'
  | 'checkpoint-unreadable'
  | 'checkpoint-signature-wrong'
  | 'checkpoint-root-wrong'
  | 'checkpoint-out-of-order'
  | 'checkpoint-missing'
  | 'checkpoint-not-extended'
  | 'entries-not-covered'
  | 'row-changed'
  | 'row-missing'
  | 'row-unknown'
  | 'pack-cut-off'
  | 'pack-changed'
  | 'key-unexpected';

export interface Found {
  readonly code: RecordFaultCode;
  /** `entry 17 (approval.signed on 0198…)`, `row 3 of approval.plan, …`. */
  readonly where: string;
  /** One sentence. */
  readonly text: string;
}

export interface RecordFault extends Found {
  /** Line of the file, from 1; 0 where it is about the whole. */
  readonly line: number;
}

export const NOTHING_FOUND: readonly Found[] = [];

export function found(code: RecordFaultCode, where: string, text: string): readonly Found[] {
  return [{ code, where, text }];
}
