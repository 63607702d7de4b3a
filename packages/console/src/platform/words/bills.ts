import { counted, numberText } from '../counted.ts';

const entries = counted('entry', 'entries');

/** What an asset without an agent is made of. */
export const bills = {
  lead: 'What has no agent is judged by what its bills of materials name. One of the same name takes the place of the former, which stays as history.',
  give: 'Give a bill',
  hasAgent:
    'This asset has an agent that says what is installed. Import the application as an asset of its own, and give it the bill.',
  toImport: 'Import an asset',
  none: 'No bill of materials yet.',
  noneLead:
    'Give CycloneDX (JSON or XML) or SPDX (JSON or tags), as build tools and scanners of images write it. Until then nobody knows what this asset is made of.',
  noneOfHost: 'This asset needs no bill of materials.',
  label: 'Bills of materials',
  packages: counted('package', 'packages'),
  forms: { cyclonedx: 'CycloneDX', spdx: 'SPDX' },
  kinds: { application: 'Application', image: 'Image' },
  facts: { packages: 'Made of', format: 'Format', given: 'Given', file: 'File', digest: 'Digest', judged: 'Judged' },
  writtenBy: (form: string, tool: string) => `${form}, written by ${tool}`,
  by: (login: string) => `by ${login}`,
  replacedAt: 'held until',
  refused: (count: number) => `${entries(count)} could not be used`,
  refusedMore: (count: number) => `and ${entries(count)} more`,
  judged: (asset: string) => `with the other packages of ${asset}`,
  toFindings: 'Open the findings',
  notReported: 'a moment after it was given',
  replace: 'Replace …',
  replaceOf: (name: string) => `Replace the bill of ${name}`,
  remove: 'Remove …',
  removeOf: (name: string) => `Remove the bill of ${name}`,
  removeQuestion: (name: string) => `Remove the bill of ${name}?`,
  removeConsequence:
    'What it names is no longer counted, and its findings go. It stays as history, and can be given again.',
  removeAct: 'Remove it',
  removing: 'Removing it …',
  keep: 'Keep it',
  former: (count: number) => `${counted('former bill', 'former bills')(count)}`,
  moreFormer: (count: number) => `and ${numberText(count)} older`,
  form: {
    title: 'Give a bill of materials',
    replaceTitle: (name: string) => `Replace the bill of ${name}`,
    file: 'File',
    fileHelp: 'CycloneDX (JSON or XML) or SPDX (JSON or tags), up to 16 MiB.',
    drop: 'Drop the file here, or',
    choose: 'Choose a file',
    chooseLabel: 'File with a bill of materials',
    chosen: (name: string, size: string) => `${name}, ${size}`,
    size: (bytes: number) =>
      bytes < 1024 * 1024
        ? `${numberText(Math.ceil(bytes / 1024))} KiB`
        : `${numberText(Math.round((bytes / (1024 * 1024)) * 10) / 10)} MiB`,
    reading: 'Reading the file …',
    name: 'What it is of',
    nameHelp: 'Several images of one host stand beside each other under their names.',
    kind: 'Kind',
    digest: 'Digest of the image',
    digestHelp: 'As in sha256: and 64 hexadecimal digits. It may be left out.',
    send: 'Give it',
    sending: (size: string) => `Sending ${size}; the server reads every entry …`,
    cancel: 'Cancel',
    fileNeeded: 'Choose a file first.',
    nameNeeded: 'Say what it is of.',
    tooLarge: 'This file is larger than 16 MiB. Leave out of it what is no package.',
    unreadable: 'This file is no text in UTF-8. Write the bill of materials anew as JSON.',
    several: 'Give one file at a time.',
    done: (name: string, packages: string) => `${name}: ${packages}. Findings follow in a moment.`,
  },
} as const;
