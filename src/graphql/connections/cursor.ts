import { createHmac, timingSafeEqual } from 'node:crypto';

import { BadUserInput } from '../../onboarding/errors.ts';

/** Where a list resumes: after the item `id`, met at `index` of the source's page; or, with no `after`, at that page's beginning. */
export interface Place {
  /** The source's own cursor; null for its first page. */
  readonly page: string | null;
  readonly after: { readonly id: string; readonly index: number } | null;
  /** The item before the page's beginning, which is not shown again where the page has it, too. Null where there is none. */
  readonly last: string | null;
}

/** Turns places of one list, under one set of filters, into cursors and back. */
export interface Cursors {
  encode(place: Place): string;
  /** @throws {BadUserInput} for what `encode` did not make for this list and these filters */
  decode(cursor: string): Place;
}

/** A place in JSON: a page with an item on it and where, or with the item before it. */
type Payload = [page: string | null, id: string, index: number] | [page: string | null, last: string | null];

const SIGNATURE_BYTES = 16;
const MAX_LENGTH = 16_384;

/**
 * Cursors are signed, so that one that is forged, of another list, or of other filters is refused, not misread.
 * @param keys the first signs, all verify
 */
export function cursorsOf(keys: readonly Buffer[]) {
  /** @param list the list's name and its filters: what a cursor belongs to */
  return (list: { readonly name: string; readonly filter?: unknown }): Cursors => {
    const name = JSON.stringify([1, list.name, list.filter ?? null]);
    const [signing] = keys;
    if (!signing) throw new TypeError('At least one key is needed');

    return {
      encode({ page, after, last }) {
        const where: Payload = after ? [page, after.id, after.index] : [page, last];
        const payload = Buffer.from(JSON.stringify(where));
        return Buffer.concat([sign(signing, name, payload), payload]).toString('base64url');
      },

      decode(cursor) {
        const bytes = cursor.length <= MAX_LENGTH ? Buffer.from(cursor, 'base64url') : Buffer.alloc(0);
        const signature = bytes.subarray(0, SIGNATURE_BYTES);
        const payload = bytes.subarray(SIGNATURE_BYTES);
        const isOurs =
          signature.length === SIGNATURE_BYTES &&
          bytes.toString('base64url') === cursor &&
          keys.some((key) => timingSafeEqual(sign(key, name, payload), signature));
        if (!isOurs) {
          throw new BadUserInput(
            'This cursor was not made for this list with these filters. Use a cursor with the filters it came with, or start again without `after`.',
          );
        }
        const where = JSON.parse(payload.toString()) as Payload;
        if (where.length === 2) return { page: where[0], after: null, last: where[1] };
        const [page, id, index] = where;
        return { page, after: { id, index }, last: null };
      },
    };
  };
}

function sign(key: Buffer, list: string, payload: Buffer): Buffer {
  return createHmac('sha256', key)
    .update(list)
    .update('\0')
    .update(payload)
    .digest()
    .subarray(0, SIGNATURE_BYTES);
}
