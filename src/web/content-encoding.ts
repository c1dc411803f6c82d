import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, type BrotliOptions, type ZlibOptions } from 'node:zlib';

import { RefusedRequest } from './refused-request.ts';

type Decode = (body: Buffer, options: ZlibOptions & BrotliOptions) => Promise<Buffer>;

/** What routers compress their requests with. Without zstd, whose frames can ask for 128 MiB before the first byte comes out. */
const DECODERS: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  ['identity', (body) => Promise.resolve(body)],
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)], // the same (RFC 9110)
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
]);

/** @throws {RefusedRequest} 415 when a body in this `content-encoding` cannot be read */
export function checkContentEncoding(contentEncoding: string | undefined): void {
  if (decoderOf(contentEncoding)) return;
  throw new RefusedRequest({
    statusCode: 415,
    message:
      'The body is compressed in a way that is not read here. Send it with gzip, deflate or br, or as it is.',
    headers: { 'accept-encoding': 'gzip, deflate, br' },
  });
}

/**
 * A body as it was before its `content-encoding`. Not more of it than may come out is ever expanded.
 * @throws {RefusedRequest} 413 when that would be more, 400 when it was not encoded so
 */
export async function decompressed(
  body: Buffer,
  contentEncoding: string | undefined,
  maxOutputLength: number,
): Promise<Buffer> {
  const decode = decoderOf(contentEncoding);
  if (!decode || body.length === 0) return body;
  try {
    return await decode(body, { maxOutputLength });
  } catch (error) {
    const isTooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new RefusedRequest(
      isTooLarge
        ? { statusCode: 413, message: 'The body is larger than 1 MiB when it is decompressed.' }
        : {
            statusCode: 400,
            message: 'The body cannot be decompressed: it is not what its content-encoding says.',
          },
    );
  }
}

function decoderOf(contentEncoding: string | undefined): Decode | undefined {
  return DECODERS.get(contentEncoding?.trim().toLowerCase() || 'identity');
}
