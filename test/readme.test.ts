import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startService, type Service } from './support/service.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const blocks = [...readme.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language = '', text = '']) => ({
  language,
  text,
}));
const examples = blocks.flatMap(({ language, text }, index) => {
  const next = blocks[index + 1];
  return language === 'graphql'
    ? [
        {
          query: text,
          answer: next?.language === 'json' ? (JSON.parse(next.text) as object) : { data: expect.anything() },
        },
      ]
    : [];
});

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

describe('the README', () => {
  it.each(examples)('has an example that is answered as it says: $query', async ({ query, answer }) => {
    const given = await service.query(query);

    expect(given).toEqual(answer);
  });

  it('has examples for the shell that work', async () => {
    const [body = ''] = /'\{"query".*?\}'/.exec(readme) ?? [];
    const { query } = JSON.parse(body.slice(1, -1)) as { query: string };

    const { data, errors } = await service.query(query);

    expect(errors).toBeUndefined();
    expect(data.startOnboardingSession).toMatchObject({ sessionToken: expect.any(String), userErrors: [] });
  });

  it('has a fault for the sandbox that it takes', async () => {
    const [, fault = ''] = /_faults .*-d '(\{.*\})'/.exec(readme) ?? [];

    await expect(service.fault('increase', JSON.parse(fault) as object)).resolves.toBeUndefined();
  });

  it('gets a newcomer to the playground within fifteen lines, and names only scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = [...readme.matchAll(/npm (?:run (?:-s )?([\w:]+)|(start|test|ci)\b)/g)].map(
      ([, script, command]) => script ?? command ?? '',
    );

    expect(readme.split('\n').slice(0, 15).join('\n')).toMatch(/npm start[\s\S]*\/graphiql[\s\S]*npm test/);
    expect(named.filter((name) => name !== 'ci' && !(name in scripts))).toEqual([]);
  });
});
