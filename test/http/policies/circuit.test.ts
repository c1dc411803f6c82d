import { describe, expect, it } from 'vitest';

import { Circuit, type CircuitState } from '../../../src/http/policies/circuit.ts';
import type { Verdict } from '../../../src/http/policies/evidence.ts';

function circuitAt(clock: { now: number }) {
  const changes: CircuitState[] = [];
  const circuit = new Circuit({
    probeAfterMs: 500,
    windowMs: 10_000,
    minimum: 10,
    threshold: 0.5,
    now: () => clock.now,
    onChange: (state) => changes.push(state),
  });
  const call = (verdict: Verdict, subject?: string) => circuit.enter()?.end(verdict, subject);
  const calls = (count: number, verdict: Verdict, subject?: (index: number) => string) => {
    for (let index = 0; index < count; index++) call(verdict, subject?.(index));
  };
  return { circuit, changes, call, calls };
}

describe('a circuit', () => {
  it('opens when half of ten calls failed', () => {
    const { circuit, calls } = circuitAt({ now: 0 });

    calls(5, 'GOOD');
    calls(4, 'BAD');
    expect(circuit.state).toBe('CLOSED');
    calls(1, 'BAD');

    expect(circuit.state).toBe('OPEN');
    expect(circuit.enter()).toBeNull();
  });

  it('stays closed while fewer than half failed', () => {
    const { circuit, calls } = circuitAt({ now: 0 });

    calls(12, 'GOOD');
    calls(11, 'BAD');

    expect(circuit.state).toBe('CLOSED');
  });

  it('is not opened by one object that always fails', () => {
    const { circuit, calls } = circuitAt({ now: 0 });

    calls(9, 'GOOD', (index) => `good-${index}`);
    calls(1_000, 'BAD', () => 'ill');

    expect(circuit.state).toBe('CLOSED');
  });

  it('is opened by many objects that fail', () => {
    const { circuit, calls } = circuitAt({ now: 0 });

    calls(10, 'BAD', (index) => `ill-${index}`);

    expect(circuit.state).toBe('OPEN');
  });

  it('hears the last call alone of an object', () => {
    const { circuit, calls } = circuitAt({ now: 0 });

    calls(9, 'BAD', (index) => `object-${index}`);
    calls(9, 'GOOD', (index) => `object-${index}`);
    calls(5, 'BAD', (index) => `other-${index}`);

    expect(circuit.state).toBe('CLOSED');
  });

  it('forgets what is older than its window', () => {
    const clock = { now: 0 };
    const { circuit, calls } = circuitAt(clock);

    calls(9, 'BAD');
    clock.now = 10_000;
    calls(1, 'BAD');

    expect(circuit.state).toBe('CLOSED');
  });

  it('takes nothing from callers who went away', () => {
    const { circuit, calls } = circuitAt({ now: 0 });

    calls(9, 'BAD');
    calls(100, 'NONE');

    expect(circuit.state).toBe('CLOSED');
  });

  it('lets one call through after its time, whose success closes it', () => {
    const clock = { now: 0 };
    const { circuit, calls, changes } = circuitAt(clock);
    calls(10, 'BAD');

    clock.now = 499;
    expect(circuit.enter()).toBeNull();
    clock.now = 500;
    const probe = circuit.enter();
    expect(circuit.enter()).toBeNull();
    probe?.end('GOOD');

    expect(circuit.enter()).not.toBeNull();
    expect(changes).toEqual(['OPEN', 'HALF_OPEN', 'CLOSED']);
  });

  it('opens again when the one fails, for as long', () => {
    const clock = { now: 0 };
    const { circuit, calls } = circuitAt(clock);
    calls(10, 'BAD');
    clock.now = 500;

    circuit.enter()?.end('BAD');

    expect(circuit.refusesForMs).toBe(500);
    clock.now = 999;
    expect(circuit.enter()).toBeNull();
  });

  it('lets the next one through when the caller of the first went away', () => {
    const clock = { now: 0 };
    const { circuit, calls } = circuitAt(clock);
    calls(10, 'BAD');
    clock.now = 500;

    circuit.enter()?.end('NONE');

    expect(circuit.state).toBe('OPEN');
    expect(circuit.enter()).not.toBeNull();
  });

  it('is not judged by calls that began before it opened', () => {
    const clock = { now: 0 };
    const { circuit, calls } = circuitAt(clock);
    const early = circuit.enter();
    calls(10, 'BAD');

    early?.end('GOOD');

    expect(circuit.state).toBe('OPEN');
  });
});
