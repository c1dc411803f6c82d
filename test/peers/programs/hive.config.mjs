/** Hands the caller's token on to the subgraph that checks it, and to no other. */
export const gatewayConfig = {
  propagateHeaders: {
    fromClientToSubgraphs: ({ request, subgraphName }) =>
      subgraphName === 'onboarding' ? { authorization: request.headers.get('authorization') } : {},
  },
};
