const SANDBOX_HOST = 'sandbox.increase.com';

/**
 * Whether Increase may be asked to simulate what a customer does: never in production, and never at Increase's production
 * host, whatever the environment is called. A host of another name is a stand-in for the sandbox.
 */
export function maySimulate(baseUrl: string, { isProduction }: { isProduction: boolean }): boolean {
  const { hostname } = new URL(baseUrl);
  const isIncrease = hostname === 'increase.com' || hostname.endsWith('.increase.com');
  return !isProduction && (!isIncrease || hostname === SANDBOX_HOST);
}
