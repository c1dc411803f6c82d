import { buildSubgraphSchema } from '@apollo/subgraph';
import type { DocumentNode, GraphQLSchema } from 'graphql';

interface Product {
  readonly id: string;
  readonly sku: string;
  readonly package: string;
  readonly variation: { readonly id: string };
  readonly research: readonly Research[];
}

interface Research {
  readonly study: { readonly caseNumber: string; readonly description: string };
}

interface User {
  readonly email: string;
  readonly name?: string;
  readonly totalProductsCreated?: number;
  readonly yearsOfEmployment?: number;
}

// The data that the suite prescribes: COMPATIBILITY.md in apollographql/apollo-federation-subgraph-compatibility.

const user: User = { email: 'support@apollographql.com', name: 'Jane Smith', totalProductsCreated: 1337 };

const dimensions = { size: 'small', weight: 1, unit: 'kg' };

const research: readonly Research[] = [
  { study: { caseNumber: '1234', description: 'Federation Study' } },
  { study: { caseNumber: '1235', description: 'Studio Study' } },
];

const products: readonly Product[] = [
  {
    id: 'apollo-federation',
    sku: 'federation',
    package: '@apollo/federation',
    variation: { id: 'OSS' },
    research: research.slice(0, 1),
  },
  {
    id: 'apollo-studio',
    sku: 'studio',
    package: '',
    variation: { id: 'platform' },
    research: research.slice(1),
  },
];

const deprecatedProduct = {
  sku: 'apollo-federation-v1',
  package: '@apollo/federation-v1',
  reason: 'Migrate to Federation V2',
};

const resolvers = {
  Query: {
    product: (_root: unknown, { id }: { id: string }) => products.find((product) => product.id === id),
    deprecatedProduct: (_root: unknown, key: DeprecatedKey) => deprecatedBy(key),
  },
  Product: {
    __resolveReference: (key: ProductKey) => products.find((product) => isNamedBy(key, product)),
    dimensions: () => dimensions,
    createdBy: () => user,
  },
  DeprecatedProduct: {
    __resolveReference: (key: DeprecatedKey) => deprecatedBy(key),
    createdBy: () => user,
  },
  ProductResearch: {
    __resolveReference: ({ study }: { study: { caseNumber: string } }) =>
      research.find((one) => one.study.caseNumber === study.caseNumber),
  },
  User: {
    __resolveReference: ({ email, ...required }: User) =>
      email === user.email ? { ...user, ...required } : null,
    averageProductsCreatedPerYear: ({ totalProductsCreated, yearsOfEmployment }: User) =>
      totalProductsCreated === undefined || !yearsOfEmployment
        ? null
        : Math.round(totalProductsCreated / yearsOfEmployment),
  },
  Inventory: {
    __resolveReference: ({ id }: { id: string }) => (id === 'apollo-oss' ? { id } : null),
    deprecatedProducts: () => [deprecatedProduct],
  },
};

type DeprecatedKey = Pick<typeof deprecatedProduct, 'sku' | 'package'>;

function deprecatedBy(key: DeprecatedKey) {
  const { sku, package: name } = deprecatedProduct;
  return key.sku === sku && key.package === name ? deprecatedProduct : null;
}

/** One of the three keys of a product. */
type ProductKey = Pick<Product, 'id'> | Pick<Product, 'sku' | 'package'> | Pick<Product, 'sku' | 'variation'>;

function isNamedBy(key: ProductKey, { id, sku, package: name, variation }: Product): boolean {
  if ('id' in key) return key.id === id;
  return key.sku === sku && ('package' in key ? key.package === name : key.variation.id === variation.id);
}

/** The subgraph that the suite tests. */
export function productsSchema(typeDefs: DocumentNode): GraphQLSchema {
  return buildSubgraphSchema([{ typeDefs, resolvers }]);
}
