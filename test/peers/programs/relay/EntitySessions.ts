import { graphql } from 'react-relay';

/** The list of a page that shows more when it is asked to. */
export const entitySessions = graphql`
  fragment EntitySessions_query on Query
  @argumentDefinitions(
    first: { type: "Int", defaultValue: 20 }
    after: { type: "String" }
    filter: { type: "EntityOnboardingSessionFilter" }
  )
  @refetchable(queryName: "EntitySessionsPageQuery") {
    entityOnboardingSessions(first: $first, after: $after, filter: $filter)
      @connection(key: "EntitySessions_entityOnboardingSessions", filters: ["filter"]) {
      edges {
        node {
          id
          status
          createdAt
          program {
            name
          }
        }
      }
    }
  }
`;

/** Lists of which nothing more is asked for. */
export const firstPages = graphql`
  query EntitySessionsQuery($customer: ID) {
    ...EntitySessions_query
    onboardingSessions(first: 10, filter: { externalCustomerId: $customer })
      @connection(key: "EntitySessions_onboardingSessions") {
      edges {
        node {
          id
        }
      }
    }
    customerOnboards(first: 10) @connection(key: "EntitySessions_customerOnboards") {
      edges {
        node {
          id
        }
      }
    }
  }
`;

/** What is shown of a session goes to the entry of the list. */
export const expire = graphql`
  mutation EntitySessionsExpireMutation($input: ExpireEntityOnboardingSessionInput!) {
    expireEntityOnboardingSession(input: $input) {
      entityOnboardingSession {
        id
        status
      }
      userErrors {
        code
        message
      }
    }
  }
`;
