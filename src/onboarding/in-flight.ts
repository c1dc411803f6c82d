/** The writes under way, so that a stopping process can wait for what its callers no longer wait for. */
export interface InFlight {
  /** The same function, whose calls count as under way until they end. */
  readonly track: <Arguments extends unknown[], T>(
    write: (...args: Arguments) => Promise<T>,
  ) => (...args: Arguments) => Promise<T>;
  /** When everything under way at this moment has ended, well or badly. */
  readonly ended: () => Promise<void>;
}

export function inFlight(): InFlight {
  const underWay = new Set<Promise<unknown>>();
  return {
    track:
      (write) =>
      (...args) => {
        const run = write(...args);
        underWay.add(run);
        const forget = () => underWay.delete(run);
        run.then(forget, forget);
        return run;
      },
    ended: async () => {
      await Promise.allSettled(underWay);
    },
  };
}
