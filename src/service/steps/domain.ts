import { servicesOf, type Services } from '../../graphql/services.ts';
import { effectsOf } from '../../onboarding/effects.ts';
import { inFlight } from '../../onboarding/in-flight.ts';
import type { Providers } from '../../providers/providers.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import type { Store } from '../../store/store.ts';
import { effectLog } from '../effect-log.ts';
import { keepRecovering } from '../recovery.ts';
import type { Start } from './start.ts';

interface Sides {
  readonly store: Store;
  readonly sandbox: Sandbox;
  readonly providers: Providers;
}

/** The domain between the store and the providers. */
export function assembleServices({ config, logger }: Start, { store, sandbox, providers }: Sides): Services {
  return servicesOf({
    ...providers,
    ...store,
    effects: effectsOf(store.effectStore, effectLog(logger)),
    inFlight: inFlight(),
    configurationId: config.incode ? config.incode.configurationId : sandbox.incode?.configurationId,
    clientId: config.relay ? config.relay.clientId : sandbox.relay?.clientId,
    cursorKeys: store.derivedKeys('cursors'),
  });
}

/** From now on, what processes that died left undone is taken over. */
export function recoverLeftovers({ logger, opened }: Start, { effects, operations }: Services): void {
  opened.defer(keepRecovering(effects, operations, logger));
}
