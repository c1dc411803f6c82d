import { Client, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';

import { first, query, report, url, type Sessions } from './walk.ts';

const client = new Client({
  url,
  preferGetMethod: false,
  exchanges: [
    cacheExchange({ resolvers: { Query: { entityOnboardingSessions: relayPagination() } } }),
    fetchExchange,
  ],
});

const more = async (after?: string): Promise<Sessions> => {
  const { data, error } = await client.query(query, { first, after }).toPromise();
  if (data === undefined) throw new Error('There is no answer', { cause: error });
  const sessions = data as Sessions;
  const { hasNextPage, endCursor } = sessions.entityOnboardingSessions.pageInfo;
  return hasNextPage ? more(endCursor) : sessions;
};
report(await more());
