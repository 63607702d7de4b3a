/** Why the server does not start. The CLI prints message and advice; a supervisor reads the code. */
export type StartRefusalCode =
  | 'setting-wrong'
  | 'data-directory-not-writable'
  | 'data-directory-in-use'
  | 'disk-full'
  | 'postgresql-missing'
  | 'postgresql-other-major'
  | 'postgresql-account-missing'
  | 'postgresql-cannot-reach-data'
  | 'postgresql-init-failed'
  | 'postgresql-start-failed'
  | 'postgresql-orphan-stuck'
  | 'socket-directory-not-ours'
  | 'database-unreachable'
  | 'database-too-old'
  | 'database-newer'
  | 'migration-edited'
  | 'migration-failed'
  | 'agent-authority-broken'
  | 'record-key-broken'
  | 'address-in-use'
  | 'address-not-available';

export class StartRefusal extends Error {
  readonly code: StartRefusalCode;
  readonly whatToDo: string;

  constructor(code: StartRefusalCode, message: string, whatToDo: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartRefusal';
    this.code = code;
    this.whatToDo = whatToDo;
  }
}
