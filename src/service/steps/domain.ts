import { servicesOf, type AllServices } from '../../graphql/services.ts';
import { effectsOf, type Effects } from '../../onboarding/effects.ts';
import { inFlight, type InFlight } from '../../onboarding/in-flight.ts';
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

interface Domain {
  readonly services: AllServices;
  readonly effects: Effects;
  /** The mutations under way, which a stop waits for. */
  readonly writes: InFlight;
}

/** The domain between the store and the providers. */
export function assembleServices({ config, logger }: Start, { store, sandbox, providers }: Sides): Domain {
  const effects = effectsOf(store.effectStore, effectLog(logger));
  const writes = inFlight();
  const services = servicesOf({
    ...providers,
    ...store,
    effects,
    inFlight: writes,
    configurationId: config.incode ? config.incode.configurationId : sandbox.incode?.configurationId,
    clientId: config.relay ? config.relay.clientId : sandbox.relay?.clientId,
    cursorKeys: store.derivedKeys('cursors'),
  });
  return { services, effects, writes };
}

/** From now on, what processes that died left undone is taken over. */
export function recoverLeftovers(
  { logger, opened }: Start,
  effects: Effects,
  { operations }: AllServices,
): void {
  opened.defer(keepRecovering(effects, operations, logger));
}
