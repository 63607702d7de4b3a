import { isAbsolute } from 'node:path';
import { FeedName } from '@patchsteward/contract';
import { z } from 'zod';
import { LOG_LEVELS } from './log.ts';

const PORT_MAX = 65_535;
const POLL_MS_MIN = 100;
/** Beyond a day a silent agent could not be told from a dead one. */
const POLL_MS_MAX = 86_400_000;

/** `127.0.0.1:8420`, `[::]:8421`, `:8421` for every address. */
const ListenAddress = z.string().transform((text, context) => {
  const parts = /^(\[[0-9a-fA-F:.]+\]|[^:]*):(\d{1,5})$/.exec(text);
  const port = Number(parts?.[2]);
  if (parts === null || port > PORT_MAX) {
    context.addIssue({ code: 'custom', message: 'must be address:port, as in 127.0.0.1:8420' });
    return z.NEVER;
  }
  const host = parts[1]?.replace(/^\[|\]$/g, '') ?? '';
  return { host: host === '' ? '0.0.0.0' : host, port };
});

/** A list in JSON, or a text with commas. */
const TextList = z.union([
  z.array(z.string().min(1)),
  z.string().transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  ),
]);

const FeedAddress = z
  .string()
  .regex(/^[^=]+=https?:\/\/\S+$/, 'must be feed=address')
  .refine((entry) => FeedName.safeParse(entry.split('=')[0]).success, 'must begin with the name of a feed');

function addressesByFeed(entries: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(entries.map((entry) => entry.split(/=(.*)/s, 2)));
}

/** A flag of the command line is text; a file has true and false. */
const OnOff = z.union([z.boolean(), z.stringbool({ truthy: ['on', 'true'], falsy: ['off', 'false'] })]);
const AbsolutePath = z.string().min(1).refine(isAbsolute, 'must be an absolute path');
const DatabaseUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'must be a URL that begins with postgres://' });
const SmtpUrl = z.url({ protocol: /^smtps?$/, error: 'must be a URL that begins with smtp:// or smtps://' });
const MailSender = z
  .string()
  .regex(/^(?:[^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/, 'must be an address, or a name and <address>');
/** 128 bits in base64: below, it could be guessed from a message. */
const WEBHOOK_SECRET_CHARACTERS_MIN = 22;
const HttpUrl = z.url({ protocol: /^https?$/, error: 'must be a URL that begins with http:// or https://' });

/** Every setting of the server. The name is the flag (`--log-level`), the variable (`PATCHSTEWARD_LOG_LEVEL`) and the key of the file (`logLevel`). */
export const Settings = z.strictObject({
  /** Database, keys and socket of this server. */
  data: AbsolutePath,
  /** Where people and their browsers come in. Plain HTTP: loopback, or behind a proxy that speaks TLS. */
  console: ListenAddress.default({ host: '127.0.0.1', port: 8420 }),
  /** Where agents come in, with mutual TLS. */
  agents: ListenAddress.default({ host: '0.0.0.0', port: 8421 }),
  /** `host:port` that hosts dial; told in enrollment tokens. Without it, this machine's name and the port of `agents`. */
  agentsAddress: z
    .string()
    .regex(/^\S+:\d{1,5}$/, 'must be host:port, as in patch.example.org:8421')
    .optional(),
  /** How often an agent asks; tests and labs are in more of a hurry than a minute. */
  pollMs: z.coerce.number().int().min(POLL_MS_MIN).max(POLL_MS_MAX).default(60_000),
  /** The address that people type, where a proxy stands in front. With https the cookie is sent over TLS alone. */
  consoleUrl: HttpUrl.optional(),
  /** Further names under which the console answers; addresses and the name of the machine need not be listed. */
  names: TextList.default([]),
  /** Addresses of proxies whose X-Forwarded-For is believed. */
  trustedProxies: TextList.default([]),
  /** An external PostgreSQL; without it the server runs a private one. */
  databaseUrl: DatabaseUrl.optional(),
  /** The directory of `postgres` and `initdb`, where the usual places are not meant. */
  postgresBinaries: AbsolutePath.optional(),
  /** Whether feeds are fetched from their publishers by themselves; off where no network is, and in tests. */
  feedsFetch: OnOff.default(true),
  /** A folder whose feeds are imported at the start and whenever they change: how feeds come in without a network. */
  feedsDir: AbsolutePath.optional(),
  /** Mirrors: `kev=https://mirror.example.org/kev.json`; a feed that is not named comes from its publisher. */
  feedUrls: TextList.pipe(z.array(FeedAddress)).transform(addressesByFeed).default({}),
  /** Figures that take the place of the procedure's own; what the file does not name stays. */
  policy: AbsolutePath.optional(),
  /** Where notices go out by mail; without it they wait. Better in the variable: a command line is seen by others. */
  smtpUrl: SmtpUrl.optional(),
  /** The sender of notices: an address, or `Name <address>`. Without it, patchsteward@ the name of this machine. */
  mailFrom: MailSender.optional(),
  /** Known to this server and to those who take its webhooks: each message is signed with it. */
  webhookSecret: z.string().min(WEBHOOK_SECRET_CHARACTERS_MIN).optional(),
  logLevel: z.enum(LOG_LEVELS).default('info'),
});
export type Settings = z.output<typeof Settings>;
export type SettingName = keyof Settings;
export const SETTING_NAMES = Object.keys(Settings.shape) as SettingName[];
