import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { makeFolder } from '../../src/formats/folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onboarding-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a folder', () => {
  it('is made with those above it, for its owner alone', () => {
    makeFolder(join(folder, 'a', 'b'));
    makeFolder(relative('.', join(folder, 'a', 'c')));

    for (const path of ['a', 'a/b', 'a/c']) {
      const made = statSync(join(folder, path));
      expect([made.isDirectory(), made.mode & 0o777]).toEqual([true, 0o700]);
    }
  });

  it('may be there, and be reached by a link', () => {
    makeFolder(join(folder, 'a'));
    symlinkSync(join(folder, 'a'), join(folder, 'link'));

    makeFolder(join(folder, 'link', 'b'));
    makeFolder(join(folder, 'link', 'b'));

    expect(statSync(join(folder, 'a', 'b')).isDirectory()).toBe(true);
  });

  it('is not made in place of a file, nor below one or a link that leads nowhere', () => {
    writeFileSync(join(folder, 'file'), '');
    symlinkSync(join(folder, 'nowhere'), join(folder, 'link'));

    for (const path of ['file', 'file/a', 'file/a/b', 'link', 'link/a']) {
      expect(() => makeFolder(join(folder, path))).toThrow(expect.objectContaining({ syscall: 'mkdir' }));
    }
  });

  it('below /proc is the error of the system, at once', () => {
    expect(() => makeFolder('/proc/onboarding/a')).toThrow(expect.objectContaining({ syscall: 'mkdir' }));
  });
});
