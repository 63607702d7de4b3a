import { BILL_CHARACTERS_MAX } from '@patchsteward/contract';

export interface BillFile {
  readonly name: string;
  readonly bytes: number;
  readonly text: string;
}

export type BillFileProblem = 'too-large' | 'unreadable';

/** What a person chose or dropped, as text; or why it cannot be a bill of materials. */
export async function readBillFile(
  file: Pick<File, 'name' | 'size' | 'arrayBuffer'>,
): Promise<BillFile | BillFileProblem> {
  // A file of so many bytes has at most so many characters; the server counts these.
  if (file.size > BILL_CHARACTERS_MAX) return 'too-large';
  const text = decodedText(await file.arrayBuffer());
  return text === null ? 'unreadable' : { name: file.name, bytes: file.size, text };
}

/** null: no UTF-8. */
export function decodedText(bytes: ArrayBuffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Whatever the decoder dislikes: that it is no UTF-8 is the whole answer.
    return null;
  }
}
