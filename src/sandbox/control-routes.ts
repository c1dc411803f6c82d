import type { FastifyInstance } from 'fastify';
import type { Faults } from './faults.ts';
import type { Executions } from './executions.ts';
import type { Recorder } from './recorder.ts';
import { malformed } from './json-body.ts';

export interface Controls {
  readonly faults: Faults;
  readonly recorder: Recorder;
  readonly executions: Executions;
  /** Puts the provider's own state back to its seeds. */
  reset(): void;
}

/** The routes by which tests and demos steer a sandbox and look into it. No provider has them. */
export function controlRoutes(app: FastifyInstance, controls: Controls): void {
  const { faults, recorder, executions } = controls;

  app.post('/_faults', (request, reply) => {
    const problem = faults.add(request.body === malformed ? undefined : request.body);
    return problem === undefined ? { faults: faults.list() } : reply.code(400).send({ message: problem });
  });
  app.get('/_faults', () => faults.list());
  app.delete('/_faults', () => {
    faults.clear();
    return [];
  });

  app.get('/_requests', () => recorder.requests());
  app.get('/_counters', () => ({ ...recorder.counts(), carriedOut: executions }));
  app.post('/_reset', () => {
    faults.clear();
    recorder.clear();
    executions.clear();
    controls.reset();
    return { reset: true };
  });
}
