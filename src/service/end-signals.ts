const ECHO_MS = 500;

/**
 * Calls back for each time that the process is told to end, by SIGTERM or SIGINT. npm hands on what a terminal (Ctrl+C) or a
 * service manager has told the whole group already, so that under npm a second signal right after the first is the same one.
 */
export function onEndSignal(told: () => void, { isUnderNpm }: { readonly isUnderNpm: boolean }): void {
  let last = -Infinity;
  const listener = () => {
    const isEcho = isUnderNpm && performance.now() - last < ECHO_MS;
    last = performance.now();
    if (!isEcho) told();
  };
  process.on('SIGTERM', listener);
  process.on('SIGINT', listener);
}
