import type { Effect, EffectName } from '../onboarding/effect.ts';
import { Tally } from './tally.ts';

/** What this process is carrying out: held from before it is recorded until after it is settled. */
export interface InHand {
  hold(name: EffectName): void;
  release(name: EffectName): void;
  /** Of what is recorded in the name of this process, what nothing in it carries out. */
  lost(recorded: readonly Effect[]): Effect[];
}

export function inHand(): InHand {
  const held = new Tally();
  // Seen once, it may have been settled while it was being read; seen again seconds later, its recording broke off.
  let suspects: ReadonlySet<string> = new Set();
  return {
    hold: (name) => held.hold(idOf(name)),
    release: (name) => held.release(idOf(name)),
    lost(recorded) {
      const idle = recorded.filter((effect) => !held.has(idOf(effect)));
      const known = suspects;
      suspects = new Set(idle.map(attemptOf));
      return idle.filter((effect) => known.has(attemptOf(effect)));
    },
  };
}

const idOf = ({ operation, caller, key }: EffectName) => JSON.stringify([operation, caller, key]);

const attemptOf = (effect: Effect) => `${idOf(effect)} ${effect.attempt}`;
