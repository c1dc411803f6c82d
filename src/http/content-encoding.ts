import { promisify } from 'node:util';
import { brotliDecompress, unzip, zstdDecompress } from 'node:zlib';

type Decompress = (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const inflate: Decompress = promisify(unzip);
const gunzip: Decompress = (body, options) => inflate(withoutTail(body), options);
const DECOMPRESS: Readonly<Record<string, Decompress>> = {
  gzip: gunzip,
  'x-gzip': gunzip,
  deflate: inflate,
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
};

/** Gzip ends with its length, whose last byte is zero below 16 MiB. What follows, such as the end of a line, is none of it. */
function withoutTail(body: Buffer): Buffer {
  return body.subarray(0, body.lastIndexOf(0) + 1);
}

/** More than one is not met with; each may grow to the most that is read. */
const MAX_ENCODINGS = 2;

/**
 * A body as it was before it was compressed. We ask for none, and who asks for none may get any (RFC 9110, 12.5.3). What is
 * not in the encoding that is said, or in one that nobody knows, is left as it is: a proxy may have unpacked it and kept the
 * header, and whoever reads what is broken finds no JSON in it.
 * @param header the answer's `content-encoding`
 * @throws {RangeError} when more than `maxBytes` come out, and nothing else
 */
export async function decompressed(
  body: Buffer,
  header: string | string[] | undefined,
  maxBytes: number,
): Promise<Buffer> {
  const encodings = namesIn(header);
  if (encodings.length > MAX_ENCODINGS) return body;
  let plain = body;
  for (const encoding of encodings.toReversed()) {
    plain = await decompressedOnce(plain, encoding, maxBytes);
  }
  return plain;
}

function namesIn(header: string | string[] | undefined): string[] {
  return [header ?? []]
    .flat()
    .flatMap((value) => value.toLowerCase().split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
}

async function decompressedOnce(body: Buffer, encoding: string, maxOutputLength: number): Promise<Buffer> {
  try {
    return (await DECOMPRESS[encoding]?.(body, { maxOutputLength })) ?? body;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw error;
    return body;
  }
}
