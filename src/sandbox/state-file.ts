import { renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { makeFolder } from '../formats/folder.ts';
import { textOf } from '../formats/text-file.ts';

/** Where one provider keeps what was created since the start. */
export interface SavedState {
  /** What was saved last; undefined when there is nothing, or nothing readable. */
  read(): unknown;
  /** Saves at once. The value is only made where it is going to be kept. */
  write(value: () => unknown): void;
}

/** Keeps nothing. */
export const notSaved: SavedState = { read: () => undefined, write: () => undefined };

/**
 * One JSON file for all providers, a section each. It is written whole, beside its place and then moved there, so that a
 * process that dies meanwhile leaves the old file or the new one. A file that cannot be read is taken as empty.
 */
export function openStateFile(file: string): (section: string) => SavedState {
  const sections: Record<string, unknown> = readSections(file);
  return (section) => ({
    read: () => sections[section],
    write(value) {
      sections[section] = value();
      writeWhole(file, JSON.stringify(sections));
    },
  });
}

function readSections(file: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(textOf(file));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

function writeWhole(file: string, text: string): void {
  makeFolder(dirname(file));
  const beside = `${file}.${process.pid}.tmp`;
  writeFileSync(beside, text, { mode: 0o600 });
  renameSync(beside, file);
}
