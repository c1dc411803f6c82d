import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

import { mayFollow, writtenGeneration } from './sqlite-generation.ts';

/** Looks at one file of an open database: what is wrong with it, and what to do about it; null when nothing is. */
export type Look = () => string | null;

/**
 * One for the database, the log beside it (`-wal`) and the log's index (`-shm`).
 * @param place where the file is, all links followed: the others are beside it there
 */
export function looksAt(file: string, place: string, database: DatabaseSync): readonly Look[] {
  return [
    lookAtDatabase(file),
    lookAtLog({ file, log: `${place}-wal`, index: `${place}-shm` }, database),
    lookAtIndex(`${place}-shm`),
  ];
}

/** Its content is looked at when it has changed: the processes that share it write back a later generation, and nothing else. */
function lookAtDatabase(file: string): Look {
  const isOpened = theOpened(statSync(file, { bigint: true }));
  let seen: string | null = null;
  let generation = 0;
  return () => {
    const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
    if (!isOpened(stats)) {
      return `${lost(file, 'deleted or replaced')} Put it back in its place, and mutations go on by themselves; where it is gone, stop every process that uses it, and restore it as docs/operations.md says`;
    }
    const changed = `${stats?.size} ${stats?.mtimeNs}`;
    if (changed === seen) return null;
    const written = writtenGeneration(file);
    if (written === null || !mayFollow(written, generation)) {
      return `${lost(file, 'overwritten or cut off')} Stop every process that uses it, and restore it as docs/operations.md says`;
    }
    seen = changed;
    generation = written;
    return null;
  };
}

interface LogFiles {
  readonly file: string;
  readonly log: string;
  readonly index: string;
}

function lookAtLog({ file, log, index }: LogFiles, database: DatabaseSync): Look {
  const isOpened = theOpened();
  const lengthInUse = lengthOfLog(database);
  const remedy = `Stop every process that uses it, delete ${log} and ${index} where they are, and start again`;
  return () => {
    const length = lengthInUse(); // by which SQLite has opened it
    const stats = statSync(log, { bigint: true, throwIfNoEntry: false });
    if (!isOpened(stats)) {
      const held = isWrittenBack(database) ? `What it held is in ${file}.` : 'What it held may be lost.';
      return `${lost(log, 'deleted or replaced')} ${held} ${remedy}`;
    }
    return length > (stats?.size ?? 0n)
      ? `${lost(log, 'cut off')} What was written in the last seconds may be lost. ${remedy}`
      : null;
  };
}

function lookAtIndex(index: string): Look {
  const isOpened = theOpened();
  return () =>
    isOpened(statSync(index, { bigint: true, throwIfNoEntry: false }))
      ? null
      : `${lost(index, 'deleted or replaced')} Restart every process that uses it`;
}

function lost(file: string, how: string): string {
  return `The file ${file} was ${how} while it was in use. Nothing more is written.`;
}

interface Identity {
  readonly dev: bigint;
  readonly ino: bigint;
}

/** Tells a file, by default the first that is found, from any that comes after it. */
function theOpened(first?: Identity): (found: Identity | undefined) => boolean {
  let opened = first;
  return (found) => {
    opened ??= found;
    return opened?.dev === found?.dev && opened?.ino === found?.ino;
  };
}

const LOG_HEADER = 32n;
const FRAME_HEADER = 24n;

/** How long the log must be for what SQLite has in it. See https://sqlite.org/fileformat2.html#the_write_ahead_log */
function lengthOfLog(database: DatabaseSync): () => bigint {
  const progress = database.prepare('PRAGMA wal_checkpoint(NOOP)');
  const size = database.prepare('PRAGMA page_size').get()?.['page_size'];
  const frame = FRAME_HEADER + BigInt(Number(size));
  return () => {
    const frames = BigInt(Number(progress.get()?.['log']));
    return frames > 0n ? LOG_HEADER + frames * frame : 0n;
  };
}

/** A log that was deleted can be read for as long as it is open: this puts what is in it into the database. */
function isWrittenBack(database: DatabaseSync): boolean {
  const { busy, log, checkpointed } = database.prepare('PRAGMA wal_checkpoint(PASSIVE)').get() ?? {};
  return busy === 0 && log === checkpointed;
}
