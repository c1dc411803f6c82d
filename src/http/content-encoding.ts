import { promisify } from 'node:util';
import { brotliDecompress, unzip, zstdDecompress } from 'node:zlib';

type Decompress = (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const inflate: Decompress = promisify(unzip);
const DECOMPRESS: Readonly<Record<string, Decompress>> = {
  gzip: inflate,
  'x-gzip': inflate,
  deflate: inflate,
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
};

/** More than one is not met with; each may grow to the most that is read. */
const MAX_ENCODINGS = 2;

/**
 * A body as it was before it was compressed. We ask for none, and who asks for none may get any (RFC 9110, 12.5.3). What is in
 * an encoding that nobody knows, or broken, is empty: the status says as much as it did.
 * @param header the answer's `content-encoding`
 * @throws {RangeError} when more than `maxBytes` come out
 */
export async function decompressed(
  body: Buffer,
  header: string | string[] | undefined,
  maxBytes: number,
): Promise<Buffer> {
  const encodings = namesIn(header);
  if (encodings.length > MAX_ENCODINGS) return Buffer.alloc(0);
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
    return (await DECOMPRESS[encoding]?.(body, { maxOutputLength })) ?? Buffer.alloc(0);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return Buffer.alloc(0);
  }
}
