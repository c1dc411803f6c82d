/** More than anybody reads one by one. */
const MAX_TOLD = 1_000;

/** Tells of each id once in the life of the process. */
export function eachOnce(tell: (id: string) => void): (id: string) => void {
  const told = new Set<string>();
  return (id) => {
    if (told.has(id) || told.size === MAX_TOLD) return;
    told.add(id);
    tell(id);
  };
}
