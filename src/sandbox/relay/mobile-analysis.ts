/** What Relay finds out about a number. In this sandbox its last two digits say so. */
const findings: Readonly<Record<string, string>> = { '00': 'landline', '99': 'type-not-resolved' };

/** The numbers that are not mobile, with eleven digits each; undefined when all are. */
export function analyseMobiles(numbers: readonly string[]): Record<string, string> | undefined {
  const results = numbers.flatMap((number) => {
    const finding = findings[number.slice(-2)];
    return finding === undefined ? [] : [[number.length === 10 ? `1${number}` : number, finding] as const];
  });
  return results.length === 0 ? undefined : Object.fromEntries(results);
}
