import type { z } from 'zod';

/** Origins with commas between them. Exact ones: a `*` would let any page that the caller has open ask for onboarding data. */
export function toOrigins(value: string, context: z.RefinementCtx): string[] {
  const origins = value.split(',').map((origin) => origin.trim());
  origins.forEach((origin, index) => {
    const reason = reasonAgainstOrigin(origin);
    if (reason === null) return;
    context.addIssue({
      code: 'custom',
      message:
        'must be the exact origins of your pages, separated by commas, for example https://app.example.com; ' +
        `number ${index + 1} of ${origins.length} ${reason}`,
    });
  });
  return origins;
}

/** What keeps it from being an origin as browsers send it. */
function reasonAgainstOrigin(text: string): string | null {
  if (text === '') return 'is empty: there is a comma too many';
  if (text.includes('*')) return 'has a *: name each origin';
  if (!/^https?:\/\/[^/]/i.test(text) || !URL.canParse(text))
    return 'does not begin with http:// or https:// and a host';
  const { origin, pathname, search, hash, username, password } = new URL(text);
  if (origin === text) return null;
  if (username || password) return 'has a user name or a password';
  if (pathname !== '/' || search || hash) return 'has a path: leave out what follows the host';
  if (text.endsWith('/')) return 'has a slash at the end: leave it out';
  if (text !== text.toLowerCase()) return 'is not in lower case';
  if (/:\d*$/.test(text)) return 'has a port that browsers leave out, or write in another way';
  return 'is not as browsers write it';
}
