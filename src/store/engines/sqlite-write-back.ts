import type { DatabaseSync } from 'node:sqlite';

import type { Files } from './sqlite-files.ts';
import { countGeneration } from './sqlite-generation.ts';

const EVERY_MS = 1_000;

/** Brings what was written from the log into the database, so that a log that is lost costs little. */
export interface WriteBack {
  /** Within a transaction: what it writes is to be written back. */
  note(): void;
  /** Writes back now, and from now on every second in which something was written. */
  begin(): void;
  end(): void;
}

/** @param files null: there are none */
export function writeBackOf(database: DatabaseSync, files: Files | null): WriteBack {
  let isNoted = false;
  let timer: NodeJS.Timeout | undefined;

  /** PASSIVE waits for nobody, and nobody for it. There are a few megabytes at most: SQLite itself writes back after as much. */
  function writeBack(): void {
    if (!isNoted) return;
    try {
      if (files?.problem() !== null) return;
      isNoted = false;
      database.exec('PRAGMA wal_checkpoint(PASSIVE)');
    } catch {
      // Whatever is wrong with it, the next write finds out and tells.
    }
  }

  return {
    note() {
      if (files === null || isNoted) return;
      countGeneration(database);
      isNoted = true;
    },
    begin() {
      writeBack();
      timer = setInterval(writeBack, EVERY_MS);
      timer.unref();
    },
    end: () => clearInterval(timer),
  };
}
