import { expect, it } from 'vitest';

import { progressOf } from '../../src/tools/progress.ts';

function shownOn(isTTY: boolean, total: number): string {
  let text = '';
  const screen = { isTTY, write: (part: string) => (text += part) };
  const progress = progressOf('of them', total, screen);
  for (let done = 0; done <= total; done += 1) progress.at(done);
  progress.end();
  return text;
}

it('is a bar that moves, on a terminal', () => {
  expect(shownOn(true, 3)).toBe(
    [
      '\r[------------------------------]   0 %  of them',
      '\r[##########--------------------]  33 %  of them',
      '\r[####################----------]  66 %  of them',
      '\r[##############################] 100 %  of them\n',
    ].join(''),
  );
});

it('is a line for every tenth, elsewhere', () => {
  const lines = shownOn(false, 1_000).trimEnd().split('\n');

  expect(lines).toHaveLength(11);
  expect(lines.at(3)).toBe(' 30 %  of them');
});

it('is complete where there is nothing to do', () => {
  expect(shownOn(false, 0)).toBe('100 %  of them\n');
});
