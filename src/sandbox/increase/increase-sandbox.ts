import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Executions } from '../executions.ts';
import type { ProviderSandbox } from '../provider-server.ts';
import { sandboxIncrease } from '../seeds.ts';
import type { SavedState } from '../state-file.ts';
import { entityOnWire } from './entity.ts';
import { formRoutes } from './form-routes.ts';
import * as refusals from './increase-refusals.ts';
import { IncreaseState } from './increase-state.ts';
import { Ledger } from './ledger.ts';
import { PagingQuery, readQuery } from './list-query.ts';
import { listOnWire } from './lists.ts';
import { programOnWire, programs } from './program.ts';
import { type Operation, sessionRoutes } from './session-routes.ts';

interface ById {
  Params: { id: string };
}

/** Increase's entity onboarding sessions with their entities, programs and hosted forms. */
export function increaseSandbox(saved: SavedState): ProviderSandbox {
  const state = new IncreaseState(saved);
  const executions = new Executions<Operation>(['create', 'expire', 'submit']);
  const programLedger = new Ledger(programs);

  return {
    about: 'This is the sandbox of Increase: it behaves as Increase does, and no account is opened.',
    executions,
    refusals: {
      malformed: refusals.malformedRequest,
      unknownRoute: refusals.apiMethodNotFound,
      broken: refusals.internalServerError,
    },
    admit,
    reset: () => state.reset(),
    routes(app: FastifyInstance) {
      sessionRoutes(app, state, executions);
      formRoutes(app, state, executions);

      app.get('/entities', ({ url }) =>
        listOnWire(state.entities, readQuery(PagingQuery, url), entityOnWire),
      );
      app.get<ById>('/entities/:id', ({ params }) => {
        const entity = state.entities.get(params.id);
        if (entity === undefined) throw refusals.objectNotFound('entity');
        return entityOnWire(entity);
      });

      app.get('/programs', ({ url }) =>
        listOnWire(programLedger, readQuery(PagingQuery, url), programOnWire),
      );
      app.get<ById>('/programs/:id', ({ params }) => {
        const program = programLedger.get(params.id);
        if (program === undefined) throw refusals.objectNotFound('program');
        return programOnWire(program);
      });
    },
  };
}

function admit({ method, headers }: FastifyRequest): void {
  const { authorization } = headers;
  if (authorization === undefined) throw refusals.invalidApiKey('no_header');
  const key = /^Bearer (.+)$/i.exec(authorization)?.[1] ?? '';
  if (key === sandboxIncrease.apiKey) return;
  if (/^production[_-]/.test(key)) throw refusals.environmentMismatch();
  if (key !== sandboxIncrease.restrictedApiKey) throw refusals.invalidApiKey('no_credential');
  if (method !== 'GET') throw refusals.insufficientPermissions();
}
