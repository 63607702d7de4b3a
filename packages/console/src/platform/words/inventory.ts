import { counted, numberText } from '../counted.ts';

const assets = counted('asset', 'assets');
const lines = counted('line', 'lines');

/** Assets from lists. */
export const imports = {
  title: 'Import',
  lead: 'Firewalls, Windows and macOS machines, applications: what has no agent comes from a list. What the list does not say stays; what a person or an agent says comes first.',
  source: 'Name of the list',
  sourceHelp: 'The same list is known again by this name.',
  sourceNeeded: 'Give the list a name.',
  choose: 'Choose a file',
  chooseLabel: 'File with a list of assets, as CSV',
  text: 'The list, as CSV',
  textHelp:
    'The first line names the columns: name, external id, kind, vendor, product, version, build, criticality, exposure, environment, owner, role, tags.',
  textNeeded: 'Choose a file, or paste a list.',
  unreadable: 'This file is no text in UTF-8. Save the list as “CSV UTF-8”.',
  tooLarge: 'This file is larger than 4 MiB. Import it in parts.',
  preview: 'Preview',
  previewing: 'Looking …',
  previewTitle: 'What would change',
  doneTitle: 'What was imported',
  counts: (added: number, changed: number, unchanged: number, refused: number) =>
    `${numberText(added)} added, ${numberText(changed)} changed, ${numberText(unchanged)} like that already, ${numberText(refused)} refused.`,
  unknownColumns: (names: string) => `Columns that nobody knows, left out: ${names}.`,
  confirm: (count: number) => `Import ${assets(count)}`,
  importing: 'Importing …',
  nothing: 'Nothing to import: every line was refused.',
  again: 'Import another list',
  linesLabel: 'Lines of the list',
  line: (line: number) => `Line ${numberText(line)}`,
  outcomes: { added: 'Added', changed: 'Changed', unchanged: 'As it is', refused: 'Refused' },
  more: (count: number) => `${lines(count)} more.`,
  is: (field: string, value: string) => `${field}: ${value}`,
  from: (field: string, before: string, after: string) => `${field}: ${before} → ${after}`,
  past: 'Imports so far',
  none: 'No list was imported yet.',
  noneLead: 'Choose a file above; nothing is changed before you have seen what would be.',
  pastLine: (source: string, by: string) => `${source}, by ${by}`,
  undo: 'Take back',
  undoOf: (source: string) => `Take the import of ${source} back`,
  undoing: 'Taking it back …',
  undone: 'Taken back',
  undoneReason: 'It was taken back already.',
  undoQuestion: (source: string) => `Take this import of ${source} back?`,
  undoConsequence:
    'What it added goes out of the inventory, what it changed is as before. What somebody changed since stays.',
  keep: 'Leave it',
  undoResult: (removed: number, restored: number, kept: number) =>
    `${assets(removed)} out of the inventory, ${numberText(restored)} as before, ${numberText(kept)} left as they are.`,
};

/** Assets that are in the inventory twice, or no more. */
export const doubles = {
  title: 'Doubles',
  lead: 'Assets that may be one machine, and those that were taken out of the inventory. Nothing is merged by itself.',
  none: 'No two assets look like one machine.',
  noneLead: 'They are compared by machine id, by the external ids of lists, and by name.',
  causes: { 'machine-id': 'One machine id', 'external-id': 'One external id', name: 'One name' },
  total: counted('case', 'cases'),
  heard: 'Heard of',
  never: 'Never heard of',
  keep: 'Keep this one',
  merge: 'Merge …',
  mergeOf: (from: string, into: string) => `Merge ${from} into ${into}`,
  mergeQuestion: (from: string, into: string) => `Merge ${from} into ${into}?`,
  mergeConsequence:
    'The first goes out of the inventory and its keys are refused. The second keeps its name and its host, and gets what people said of the first alone. It can be taken back.',
  mergeAct: 'Merge them',
  merging: 'Merging …',
  changes: 'What changes on the asset that stays',
  noChanges: 'Nothing changes on the asset that stays.',
  why: 'Why',
  whyHelp: 'It stays in the record.',
  whyNeeded: 'Say why.',
  cancel: 'Cancel',
  removedTitle: 'Taken out of the inventory',
  removedNone: 'No asset was taken out.',
  removedBy: (by: string, why: string) => `by ${by}: ${why}`,
  mergedInto: (name: string) => `It is ${name} now.`,
  restore: 'Bring back',
  restoreOf: (name: string) => `Bring ${name} back`,
  restoring: 'Bringing it back …',
  restored: (name: string) => `${name} is in the inventory again.`,
};

/** Taking an asset out. */
export const removal = {
  act: 'Remove …',
  question: (name: string) => `Take ${name} out of the inventory?`,
  consequence:
    'No list, window or plan counts it any more, and its host is refused until it enrolls anew. The record, ended campaigns and backups keep it. It can be brought back.',
  confirm: 'Take it out',
  busy: 'Taking it out …',
};
