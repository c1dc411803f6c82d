import { it } from 'vitest';
import { wreck } from './wreck.ts';
it.concurrent.each(['SQLite', 'PostgreSQL'] as const)(
  '%s',
  async (name) => {
    console.time('wreck');
    await using w = await wreck(name, { rounds: 1, realLeases: false });
    console.timeEnd('wreck');
    for (const v of w.victims)
      console.log(
        v.task.mutation,
        v.point,
        v.wasAnswered,
        v.exitCode,
        'sent',
        v.sent,
        '|',
        typeof v.atOnce === 'string' ? v.atOnce : v.atOnce && 'ok',
        '|',
        typeof v.later === 'string' ? v.later : 'ok ' + JSON.stringify(v.later).slice(0, 150),
        JSON.stringify(v.acknowledged.outcome) === JSON.stringify(v.acknowledgedLater),
      );
    console.log(JSON.stringify(w.counters, null, 1));
  },
  200_000,
);
