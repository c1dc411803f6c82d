const WIDTH = 30;
const LINE_EVERY_PERCENT = 10;

/** What a progress is shown on: a terminal, or a file that keeps every line. */
export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface Progress {
  at(done: number): void;
  /** Ends the bar's line. */
  end(): void;
}

/** A bar that moves on a terminal; elsewhere a line for every tenth. */
export function progressOf(label: string, total: number, screen: Screen = process.stdout): Progress {
  let shown = -1;
  return {
    at(done) {
      const percent = total > 0 ? Math.min(100, Math.floor((done / total) * 100)) : 100;
      const step = screen.isTTY ? percent : percent - (percent % LINE_EVERY_PERCENT);
      if (step === shown) return;
      shown = step;
      const text = `${String(step).padStart(3)} %  ${label}`;
      screen.write(screen.isTTY ? `\r${barOf(step)} ${text}` : `${text}\n`);
    },
    end() {
      if (screen.isTTY && shown >= 0) screen.write('\n');
    },
  };
}

function barOf(percent: number): string {
  const full = Math.round((percent / 100) * WIDTH);
  return `[${'#'.repeat(full)}${'-'.repeat(WIDTH - full)}]`;
}
