import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { textOf } from '../../src/formats/text-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onboarding-text-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a text file', () => {
  it('is read without the byte order mark that an editor put before it, and with one that stands elsewhere', () => {
    const file = join(folder, 'x.txt');
    writeFileSync(file, '\uFEFFNAME=é\uFEFF\n');

    expect(textOf(file)).toBe('NAME=é\uFEFF\n');
  });

  it('that is not there is the error of the system', () => {
    expect(() => textOf(join(folder, 'none'))).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  });
});
