import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';

import { first, query, report, url, type Sessions } from './walk.ts';

const client = new ApolloClient({
  link: new HttpLink({ uri: url }),
  cache: new InMemoryCache({
    typePolicies: { Query: { fields: { entityOnboardingSessions: relayStylePagination() } } },
  }),
});
const list = client.watchQuery({ query: gql(query), variables: { first } });

// A component that shows the list and asks for more until there is none.
list.subscribe(({ data, loading }) => {
  if (data === undefined || loading) return;
  const sessions = data as Sessions;
  const { hasNextPage, endCursor } = sessions.entityOnboardingSessions.pageInfo;
  if (hasNextPage) void list.fetchMore({ variables: { after: endCursor } });
  else report(sessions);
});
