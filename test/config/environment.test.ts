import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { readEnvironment } from '../../src/config/environment.ts';

const folder = mkdtempSync(join(tmpdir(), 'onboarding-env-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(content: string): string {
  const path = join(folder, `${Math.random()}`);
  writeFileSync(path, content);
  return path;
}

describe('readEnvironment', () => {
  it('adds what the file sets to what the process has, which counts more', () => {
    const env = readEnvironment(
      file('# a note\n\nNEW_NAME="a value"\nexport OTHER_NAME=x # why\nPATH=other\n'),
    );

    expect(env).toMatchObject({ NEW_NAME: 'a value', OTHER_NAME: 'x', PATH: process.env['PATH'] });
  });

  it('is what the process has where there is no file', () => {
    expect(readEnvironment(join(folder, 'nothing'))).toBe(process.env);
  });

  it('takes values of several lines', () => {
    expect(readEnvironment(file('KEY="a\nb"\nLAST=1\n'))).toMatchObject({ KEY: 'a\nb', LAST: '1' });
  });

  it('takes a byte order mark for no part of the first name', () => {
    expect(readEnvironment(file('\uFEFFFIRST=1\nSECOND=2\n'))).toMatchObject({ FIRST: '1', SECOND: '2' });
  });

  it.each([
    ['NAME', 1],
    ['A=1\nB-C=2', 2],
    ["A='1\n2'\nnonsense", 3],
    ['= x', 1],
  ])('names the line of %j that sets nothing', (content, line) => {
    expect(() => readEnvironment(file(content))).toThrow(`Line ${line} of `);
  });

  it('says that a folder is no file', () => {
    const path = join(folder, 'folder');
    mkdirSync(path);

    expect(() => readEnvironment(path)).toThrow('It must be a file that this user may read.');
  });
});
