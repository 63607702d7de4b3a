import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

export type Encoding = 'br' | 'gzip';

/** One packet carries this much; less gains nothing. */
const BYTES_MIN = 1_400;
/** Answers are compressed each time: quality 4 costs a third of 9 and gains nearly as much on JSON. */
const ANSWER_QUALITY = 4;
/** Of a long answer, such as a page of 500, quality 1 costs a third of 4 and leaves a tenth more. */
const LONG_ANSWER_CHARACTERS = 65_536;
const LONG_ANSWER_QUALITY = 1;
/** Files of the console are compressed once and kept. */
const FILE_QUALITY = 10;
const ANSWER_LEVEL = 5;
const FILE_LEVEL = 9;

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);
const COMPRESSIBLE = /^(?:text\/(?!event-stream)|application\/(?:json|manifest\+json)\b|image\/svg\+xml)/;

/** Text that is long enough to gain by it. */
export function isWorthCompressing(mediaType: string, bytes: number): boolean {
  return bytes >= BYTES_MIN && COMPRESSIBLE.test(mediaType);
}

/** The best of ours that the caller takes; undefined: as it is. // RFC 9110 §12.5.3 */
export function encodingFor(accepted: string | undefined): Encoding | undefined {
  const weights = new Map(
    (accepted ?? '').split(',').map((part) => {
      const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice('q='.length);
      return [name, weight === undefined ? 1 : Number(weight)] as const;
    }),
  );
  const takes = (name: Encoding): boolean => (weights.get(name) ?? weights.get('*') ?? 0) > 0;
  if (takes('br')) return 'br';
  return takes('gzip') ? 'gzip' : undefined;
}

export function compressFile(bytes: Uint8Array, encoding: Encoding): Promise<Buffer> {
  return compress(bytes, encoding, { quality: FILE_QUALITY, level: FILE_LEVEL });
}

function compress(
  bytes: Uint8Array | string,
  encoding: Encoding,
  { quality, level }: { readonly quality: number; readonly level: number },
): Promise<Buffer> {
  if (encoding === 'gzip') return gzipped(bytes, { level });
  const size = typeof bytes === 'string' ? Buffer.byteLength(bytes) : bytes.length;
  return brotli(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: size },
  });
}

/**
 * Compresses answers that are texts: JSON, and the note that the console is not built. Files and streams go as they are,
 * and so does what shows a secret once: beside text that somebody else chose, the length of the compressed answer would
 * tell of it. Session cookies stand in the headers, which are never compressed. // CVE-2013-3587 (BREACH)
 */
export function compressAnswers(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload: unknown) => {
    if (typeof payload !== 'string' || reply.hasHeader('content-encoding')) return payload;
    const { secret } = request.routeOptions.config;
    if (secret === true || !isWorthCompressing(String(reply.getHeader('content-type') ?? ''), payload.length)) {
      return payload;
    }
    reply.header('vary', 'accept-encoding');
    const encoding = encodingFor(request.headers['accept-encoding']);
    if (encoding === undefined) return payload;
    const quality = payload.length < LONG_ANSWER_CHARACTERS ? ANSWER_QUALITY : LONG_ANSWER_QUALITY;
    const bytes = await compress(payload, encoding, { quality, level: ANSWER_LEVEL });
    reply.header('content-encoding', encoding).removeHeader('content-length');
    return bytes;
  });
}
