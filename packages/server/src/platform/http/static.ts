import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { codeOf } from '../system-error.ts';
import { compressFile, type Encoding, encodingFor, isWorthCompressing } from './compression.ts';
import { Refusal } from './refusal.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
};

/** The builder puts a hash of the content into these names: they never change. */
const HASHED_DIRECTORY = '/static/';
const FOREVER = 'public, max-age=31536000, immutable';
const ASK_AGAIN = 'no-cache';
const ENTRY = '/index.html';
/** A built console has a few hundred files; more is some other directory. */
const FILES_MAX = 5_000;

interface StaticFile {
  readonly path: string;
  readonly type: string;
  readonly bytes: number;
  readonly tag: string;
  /** Compressed when first asked for, and kept: the files of one console, some megabytes at most. */
  readonly compressed: Map<Encoding, Promise<Buffer>>;
}

/**
 * Serves the built console. The files are listed once and looked up by name: an address that is none of them can reach
 * no other file, whatever dots and escapes it holds. Any other page address gets the entry, which routes by itself.
 */
export async function serveConsole(app: FastifyInstance, directory: string): Promise<void> {
  const files = await listFiles(directory);
  app.get('/*', { config: { routeId: 'console' } }, async (request, reply) => {
    const name = nameOf(request);
    // A hashed name that is gone belongs to a page of an earlier version: the entry is no script.
    if (isApiPath(name) || (name.startsWith(HASHED_DIRECTORY) && !files.has(name))) {
      throw new Refusal('not-found', `Nothing is at ${request.method} ${request.url}.`);
    }
    const file = files.get(name) ?? files.get(ENTRY);
    if (file === undefined)
      return reply
        .type(CONTENT_TYPES['.html'] ?? '')
        .header('cache-control', ASK_AGAIN)
        .send(NOT_BUILT);
    return send(file, name, request, reply);
  });
}

function isApiPath(name: string): boolean {
  return ['/api', '/agent'].some((prefix) => name === prefix || name.startsWith(`${prefix}/`));
}

function nameOf(request: FastifyRequest): string {
  const path = request.url.split('?', 1)[0] ?? '/';
  try {
    return decodeURIComponent(path);
  } catch (error) {
    throw new Refusal('bad-request', 'The address has a broken escape.', { cause: error });
  }
}

async function send(
  file: StaticFile,
  name: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const encoding = isWorthCompressing(file.type, file.bytes)
    ? encodingFor(request.headers['accept-encoding'])
    : undefined;
  const tag = encoding === undefined ? file.tag : `${file.tag.slice(0, -1)}-${encoding}"`;
  reply.headers({ etag: tag, vary: 'accept-encoding' });
  reply.header('cache-control', name.startsWith(HASHED_DIRECTORY) ? FOREVER : ASK_AGAIN);
  if (request.headers['if-none-match'] === tag) return reply.code(304).send();
  reply.type(file.type);
  if (encoding !== undefined) {
    const bytes = await compressedOf(file, encoding);
    return reply.headers({ 'content-encoding': encoding, 'content-length': bytes.length }).send(bytes);
  }
  reply.header('content-length', file.bytes);
  return reply.send(createReadStream(file.path));
}

function compressedOf(file: StaticFile, encoding: Encoding): Promise<Buffer> {
  const kept = file.compressed.get(encoding);
  if (kept !== undefined) return kept;
  const made = readFile(file.path).then((bytes) => compressFile(bytes, encoding));
  file.compressed.set(encoding, made);
  // A file that could not be read is tried again; whoever waits for this one hears of the failure.
  made.catch(() => file.compressed.delete(encoding));
  return made;
}

async function listFiles(directory: string): Promise<ReadonlyMap<string, StaticFile>> {
  const files = new Map<string, StaticFile>();
  for (const entry of await entriesOf(directory)) {
    // Links are left out: they could point anywhere.
    if (!entry.isFile() || files.size === FILES_MAX) continue;
    const path = join(entry.parentPath, entry.name);
    const { size, mtimeMs } = await stat(path);
    files.set(`/${relative(directory, path).split(sep).join('/')}`, {
      path,
      type: CONTENT_TYPES[extname(entry.name)] ?? 'application/octet-stream',
      bytes: size,
      tag: `"${size.toString(36)}-${Math.trunc(mtimeMs).toString(36)}"`,
      compressed: new Map(),
    });
  }
  return files;
}

async function entriesOf(directory: string) {
  try {
    return await readdir(directory, { recursive: true, withFileTypes: true });
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

const NOT_BUILT = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Patchsteward</title></head>
<body><h1>Patchsteward runs</h1>
<p>The console is not built yet. Build it with <code>npm run build</code> and start the server again, or use the command
line: <code>npx patchsteward --help</code>.</p></body></html>
`;
