import type { AdvisorySourceBody } from '@patchsteward/contract';
import { plainText } from '../platform/text.ts';

/** Where an advisory was read from and what vouches for it: a line of its own for whoever wants to check. */
export function sourceText(source: AdvisorySourceBody): string {
  const what = source.of === 'document' ? 'a document' : 'a file of many records';
  return plainText(`read from ${what}, ${checkText(source)}; ${source.sha256}`);
}

function checkText({ checkedBy, signedBy }: AdvisorySourceBody): string {
  if (checkedBy === 'signature') return `signed by ${signedBy.join(' and ')}`;
  return checkedBy === 'hash' ? 'as the hash beside it says' : 'checked by nothing';
}
