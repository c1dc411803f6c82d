import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { manifestIn } from '../../src/config/manifest-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'onboarding-manifest-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('manifestIn', () => {
  it('reads a file that begins with a byte order mark', () => {
    const file = join(folder, 'manifest.json');
    writeFileSync(file, '\uFEFF{"one":"{ __typename }"}');

    expect(manifestIn(file)).toEqual({ one: '{ __typename }' });
  });
});
