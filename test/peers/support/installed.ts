import { inject } from 'vitest';

/** For `beforeAll`: npm needs a quarter of a minute, and on a slow line more. */
export const INSTALL_TIMEOUT_MS = 180_000;

/** Done as soon as the programs of others are installed. */
export async function installed(): Promise<void> {
  const response = await fetch(inject('installation'));
  if (!response.ok) throw new Error(await response.text());
}
