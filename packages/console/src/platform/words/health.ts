import { counted } from '../counted.ts';

const checks = {
  units: 'Units that are active',
  ports: 'Ports that listen',
  urls: 'Addresses that answer',
  files: 'Files that are there',
} as const;

/** What an asset is looked at by, before and after a change. */
export const health = {
  title: 'Health after a change',
  lead: 'The host looks at it itself, before and after. Where something required does not hold before, nothing begins; where it does not while it is watched, the change has failed. The next plan takes over what stands here.',
  nothing: 'Nothing is looked at: after a change this asset counts as healthy as soon as its packages are right.',
  checks,
  required: 'Required',
  wanted: 'Wanted: told where it is missing, and fails nothing',
  none: 'None',
  errors: 'Errors in the journal',
  errorsMax: (max: number) => `at most ${counted('line', 'lines')(max)} while it is watched`,
  errorsUncounted: 'not counted',
  watch: 'Watched for',
  edit: 'Edit the health profile',
  editOf: (name: string) => `Health profile of ${name}`,
  help: {
    units: 'One a line, with the suffix: nginx.service',
    ports: 'One a line: 443',
    urls: 'One a line, of the host itself: http://127.0.0.1:8080/health',
    files: 'One a line, whole: /etc/nginx/nginx.conf',
  },
  errorsField: 'Errors that its journal may get',
  errorsHelp: 'A number; empty: they are not counted.',
  watchField: 'Watched for, in seconds',
  watchHelp: 'Up to an hour after the change.',
  problems: {
    ports: 'A port is a number from 1 to 65535.',
    errors: 'The errors are a number from 0 to 10,000, or nothing.',
    watch: 'The seconds are a number from 0 to 3,600.',
    unchanged: 'Nothing is changed yet.',
  },
  save: 'Save',
  saving: 'Saving …',
  cancel: 'Cancel',
  conflict: 'Somebody else changed it meanwhile. What stands there now is shown below; what you typed is kept here.',
} as const;
