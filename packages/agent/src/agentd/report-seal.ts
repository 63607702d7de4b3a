import { createPrivateKey } from 'node:crypto';
import type { SignedReport } from '@patchsteward/contract';
import type { Hash } from '@patchsteward/core/vocabulary';
import { reportHash, signReport } from '@patchsteward/trust/statement';

export type UnsignedReport = Omit<SignedReport, 'signature'>;

/** How a host signs what it says, and what the next report names as the one before it. */
export interface ReportSeal {
  readonly sign: (said: UnsignedReport) => SignedReport;
  readonly hashOf: (report: SignedReport) => Hash;
}

/** With the key that the server bound to this host when it was enrolled. */
export function hostSeal(keyPem: string): ReportSeal {
  const key = createPrivateKey(keyPem);
  return { sign: (said) => signReport(said, key), hashOf: reportHash };
}
