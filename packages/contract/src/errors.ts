import { z } from 'zod';

/**
 * Every error that leaves the server, with its HTTP status and what the reader can do. docs/errors.md explains each;
 * a test keeps page and list equal. Clients decide on the code, never on the message.
 */
export const ERRORS = {
  'bad-request': { status: 400, whatToDo: 'Correct the fields named in the details and send the request again.' },
  'body-not-json': { status: 400, whatToDo: 'Send the body as valid UTF-8 JSON with content-type application/json.' },
  'body-too-deep': { status: 400, whatToDo: 'Send a body with fewer levels of nesting.' },
  'too-large': { status: 413, whatToDo: 'Send a smaller body; the limit is named in the message.' },
  'not-found': { status: 404, whatToDo: 'Check the address and the id.' },
  'not-signed-in': { status: 401, whatToDo: 'Sign in, or send an API token.' },
  'not-allowed': { status: 403, whatToDo: 'Ask a person who has the role named in the message.' },
  'wrong-credentials': { status: 401, whatToDo: 'Check login and password.' },
  'too-many-attempts': { status: 429, whatToDo: 'Wait for the time named in the message, then try again.' },
  'first-run-done': { status: 409, whatToDo: 'Sign in; the first account exists already.' },
  'first-run-link-wrong': { status: 403, whatToDo: 'Use the link that the server printed at its first start.' },
  'password-too-weak': { status: 400, whatToDo: 'Choose a longer password that is not in common lists.' },
  conflict: { status: 409, whatToDo: 'Load the current state and apply the change again.' },
  'rate-limited': { status: 429, whatToDo: 'Wait for the time named in the message, then try again.' },
  'too-many-streams': {
    status: 429,
    whatToDo: 'Close other windows of the console; it asks now and then meanwhile.',
  },
  'token-wrong': { status: 403, whatToDo: 'Create a new enrollment token and run the enrollment again.' },
  'token-used': { status: 403, whatToDo: 'Create a new enrollment token: each enrolls one host.' },
  'token-expired': { status: 403, whatToDo: 'Create a new enrollment token and use it before it expires.' },
  'proof-wrong': {
    status: 403,
    whatToDo: 'Let the agent make its key and enroll again; the signature does not fit the key.',
  },
  'agent-unknown': { status: 401, whatToDo: 'Enroll this host again; the server does not know its key.' },
  'agent-revoked': { status: 403, whatToDo: 'Ask an administrator: this host was removed on purpose.' },
  'certificate-expired': { status: 401, whatToDo: 'Let the agent renew its certificate; it does so by itself.' },
  'section-hash-mismatch': {
    status: 400,
    whatToDo: 'Send the section again; its bytes do not have the hash in the address.',
  },
  'section-invalid': { status: 400, whatToDo: 'Update the agent; the section breaks the contract as the details say.' },
  'version-impossible': {
    status: 400,
    whatToDo: 'Check the package named in the message; no package manager installs such a version.',
  },
  'feed-unreadable': {
    status: 400,
    whatToDo: 'Fetch the feed again; the file named in the message is not what it should be.',
  },
  'feed-unreachable': { status: 502, whatToDo: 'Check the network or import the feed from a file.' },
  'feed-outdated': {
    status: 409,
    whatToDo: 'Import a newer file; what is loaded is newer than this one and stays.',
  },
  'feed-exists': { status: 409, whatToDo: 'Choose another name, or enable the feed that has it.' },
  'feed-not-addable': {
    status: 400,
    whatToDo: 'Add a feed of advisories; of a catalog the server has the one there is, and takes mirrors as a setting.',
  },
  'feed-without-address': { status: 409, whatToDo: 'Import its files, or add a feed with an address of its own.' },
  'feed-not-removable': { status: 409, whatToDo: 'Disable the feed; what it says then no longer changes.' },
  'feed-busy': { status: 409, whatToDo: 'Wait until the running import of this feed is done.' },
  'announcement-changed': {
    status: 409,
    whatToDo: 'Read the announcement again: its vendor changed it, and the difference is shown.',
  },
  'announcement-not-waiting': { status: 409, whatToDo: 'Take back what was made of it first, with undo.' },
  'announcement-not-triaged': { status: 409, whatToDo: 'Look at the announcement; nothing was made of it yet.' },
  'claim-impossible': {
    status: 400,
    whatToDo: 'Correct what the details name: the release, the names, or the versions of the range.',
  },
  'origin-exists': { status: 409, whatToDo: 'Use the origin that is configured, or remove it first.' },
  'origin-key-unusable': {
    status: 400,
    whatToDo: 'Fetch the current key of the publisher and compare its fingerprint.',
  },
  'invitation-wrong': {
    status: 403,
    whatToDo: 'Ask an administrator for a new link; each works once, and for some days.',
  },
  'login-taken': { status: 409, whatToDo: 'Choose another login; a disabled account keeps its own.' },
  'last-administrator': { status: 409, whatToDo: 'Give another person the role admin first.' },
  'no-trust-root': { status: 409, whatToDo: 'Make the trust root with patchsteward trust init and publish it.' },
  'trust-root-refused': {
    status: 409,
    whatToDo: 'Make the next version from the newest root, and have enough of the old and the new people sign it.',
  },
  'envelope-unreadable': { status: 400, whatToDo: 'Make the signed body again with the patchsteward command line.' },
  'signer-unknown': { status: 403, whatToDo: 'Sign with a key that stands in the newest trust root.' },
  'signature-wrong': { status: 403, whatToDo: 'Load what is to be signed again and sign exactly those bytes.' },
  'role-missing': { status: 403, whatToDo: 'Ask a person whom the trust root gives the role named in the message.' },
  'requester-is-approver': {
    status: 403,
    whatToDo: 'Ask another person: whoever asks for a change never approves it.',
  },
  'not-the-requester': { status: 403, whatToDo: 'Let the person named in the plan as its requester sign the request.' },
  'passkey-site-missing': {
    status: 409,
    whatToDo: 'Open the console by a name: over https, or as http://localhost on this machine.',
  },
  'passkey-refused': { status: 400, whatToDo: 'Add the passkey again; the message says what did not fit.' },
  'plan-expired': { status: 409, whatToDo: 'Let the campaign compile a new plan; this one is past its time.' },
  'plan-superseded': { status: 409, whatToDo: 'Look at the newest plan of the campaign and sign that one.' },
  'statement-refused': { status: 409, whatToDo: 'Correct what the message names and sign the statement again.' },
  'work-not-yours': {
    status: 403,
    whatToDo: 'Let the person do it who is named in the work order; for another one a new plan is signed.',
  },
  'work-not-taken': { status: 409, whatToDo: 'Take the work first; it is granted in its window, and not before.' },
  'evidence-missing': { status: 409, whatToDo: 'File what the details name, item by item, and report it then.' },
  'event-refused': { status: 409, whatToDo: 'Look at the campaign; it does not stand where this belongs.' },
  'backup-proof-wrong': {
    status: 400,
    whatToDo: 'Run patchsteward backup probe again; the message says what is wrong.',
  },
  'backup-host-mismatch': {
    status: 409,
    whatToDo: 'Name the asset whose host made the snapshot, or correct the name of the host in the backup.',
  },
  'record-unproved': {
    status: 409,
    whatToDo: 'Export the record and let patchsteward record verify name what was changed.',
  },
  'database-gone': {
    status: 503,
    whatToDo: 'Wait; the server reconnects by itself. If it stays, look at the database.',
  },
  'disk-full': { status: 507, whatToDo: 'Free space on the disk of the database; nothing acknowledged is lost.' },
  'shutting-down': { status: 503, whatToDo: 'Try again in a moment; the server is stopping or starting.' },
  internal: { status: 500, whatToDo: 'Report the request id with the server log of that moment.' },
} as const satisfies Record<string, { status: number; whatToDo: string }>;

export type ErrorCode = keyof typeof ERRORS;

export const ErrorBody = z
  .object({
    error: z.object({
      code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]),
      message: z.string(),
      whatToDo: z.string(),
      requestId: z.string(),
      details: z.array(z.object({ path: z.string(), problem: z.string() })).optional(),
    }),
  })
  .meta({ id: 'ErrorBody' });
export type ErrorBody = z.infer<typeof ErrorBody>;
