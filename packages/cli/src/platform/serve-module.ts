/** What a person needs to know of a server that just started. */
export interface Ready {
  readonly console: string;
  readonly firstRun: string | null;
  readonly data: string;
  readonly agentsPort: number;
}

/** Settings as flags; the server reads the environment and the file by itself. */
export const SETTING_FLAGS = [
  'data',
  'config',
  'console',
  'consoleUrl',
  'agents',
  'agentsAddress',
  'pollMs',
  'names',
  'trustedProxies',
  'databaseUrl',
  'postgresBinaries',
  'feedsFetch',
  'feedsDir',
  'feedUrls',
  'policy',
  'smtpUrl',
  'mailFrom',
  'webhookSecret',
  'logLevel',
] as const;
export type SettingFlag = (typeof SETTING_FLAGS)[number];

/** What `serve` needs of the server, which only bin/ can load. A test holds the server's own types against it. */
export interface ServeModule {
  readonly serve: (options: {
    readonly flags: Readonly<Partial<Record<SettingFlag, string | undefined>>>;
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly isRoot: boolean;
    readonly home: string;
    readonly workingDirectory: string;
    readonly human: boolean;
    readonly signal: AbortSignal;
    readonly onReady: (ready: Ready) => Promise<void>;
  }) => Promise<void>;
}
