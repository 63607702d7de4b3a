/** What signing with a passkey says, wherever it is asked for. */
export const signing = {
  sign: 'Sign with a passkey',
  waiting: 'Confirm on your device…',
  stopped: {
    'no-site': () =>
      'This console has no host name, and passkeys are bound to one. Open it over https by its name, or as http://localhost on this machine.',
    'other-site': (site: string) =>
      `Passkeys of this console work under the name ${site} alone. Open the console by that name and sign there.`,
    unsupported: () =>
      'This browser or device cannot use passkeys here. Take another one, or sign on the command line.',
    'none-enrolled': () => 'You have no passkey yet. Add one under “Your account”.',
    'not-in-root': () =>
      'No passkey of yours counts yet: an administrator must put it into the trust root by a signed change. “Your account” shows the command.',
    'known-already': () => 'This device has a passkey for you already.',
    canceled: () => 'Nothing was signed: the request was canceled or ran out. You can try again.',
  },
} as const;

/** The screen of the person who is signed in. */
export const account = {
  title: 'Your account',
  lead: (name: string, login: string, roles: readonly string[]) =>
    roles.length === 0
      ? `${name}, signed in as ${login}. You have no role here.`
      : `${name}, signed in as ${login}. Your account counts as ${roles.join(', ')}; what you may sign stands in the trust root.`,
  passkeys: {
    title: 'Passkeys',
    lead: 'A passkey is a key in your device. With it you sign approvals here in the console, once the trust root names it. Lanes that need a signature by your own client show the command for it.',
    none: 'You have no passkey yet.',
    noneLead: 'Without one you sign on the command line.',
    add: 'Add a passkey',
    added: (label: string) => `${label} is added. It counts once an administrator has put it into the trust root.`,
    label: 'Name of the new passkey',
    labelHelp: 'So that you tell your devices apart: Laptop, Phone, Key ring.',
    labelMissing: 'Give the passkey a name first.',
    newLabel: 'New name',
    rename: 'Rename',
    save: 'Save',
    saving: 'Saving…',
    keepLabel: 'Leave the name',
    remove: 'Remove',
    removing: 'Removing…',
    removeQuestion: (label: string) => `Remove ${label}?`,
    removeWaiting:
      'It was in no trust root, so nothing more is to be done. The key stays in your device until you delete it there.',
    removeInRoot:
      'The console will not offer it any more. Hosts take its signatures until a signed change takes it out of the trust root; you will see the command.',
    keep: 'Keep it',
    state: {
      'in-root': 'in the trust root',
      waiting: 'waits for a signed change',
      leaving: 'removed, still in the root',
    },
    algorithm: { es256: 'ES256', ed25519: 'Ed25519', rs256: 'RS256' },
    facts: (algorithm: string, site: string) => `${algorithm}, for ${site}.`,
    created: 'Added',
    neverUsed: 'never used.',
    lastUsed: 'last used',
    keyId: 'Key id',
    commandLead:
      'An administrator runs this where the keys of the root are, compares the key id with the one above, and publishes the new version:',
    command: 'Command for an administrator',
  },
  password: {
    title: 'Password',
    current: 'Current password',
    next: 'New password',
    change: 'Change the password',
    changing: 'Changing…',
    changed: 'The password is changed. Every other session of yours has ended.',
    missing: 'Fill in the current and the new password.',
  },
  tokens: {
    title: 'API tokens',
    lead: 'With a token a program acts as you, for example the command line on another machine. It signs nothing: keys do.',
    none: 'You have no API token.',
    create: 'Make a token',
    creating: 'Making…',
    createdTitle: 'The new token',
    secret: 'Token',
    createdOnce: 'It is shown this once. Keep it where the program finds it, as PATCHSTEWARD_TOKEN.',
    dismiss: 'I have kept it',
    note: 'What it is for',
    noteHelp: 'So that you know later which one to revoke.',
    noNote: 'without a note',
    validFor: 'Good for',
    validity: { week: 'one week', month: '30 days', quarter: '90 days', year: 'one year' },
    created: 'Made',
    expires: 'Good until',
    used: 'Last used',
    action: 'Action',
    revoke: 'Revoke',
    revoking: 'Revoking…',
    revokeQuestion: (note: string) => `Revoke the token ${note}?`,
    revokeConsequence: 'Programs that use it are refused at once.',
    keep: 'Keep it',
  },
} as const;
