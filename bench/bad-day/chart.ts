import type { Answered } from './load.ts';
import type { ProviderName } from './scene.ts';

interface ChartOptions {
  readonly answers: readonly Answered[];
  readonly begin: number;
  readonly phaseMs: number;
  readonly phases: readonly string[];
  readonly names: readonly ProviderName[];
}

const WIDTH = 880;
const HEIGHT = 320;
const LEFT = 48;
const TOP = 40;
const BOTTOM = 40;
const COLOURS: Readonly<Record<ProviderName, string>> = {
  incode: '#1f77b4',
  increase: '#d62728',
  relay: '#2ca02c',
};

/** Good answers a second, by provider, over the phases of one provider's bad day: an SVG. */
export function chart({ answers, begin, phaseMs, phases, names }: ChartOptions): string {
  const seconds = (phases.length * phaseMs) / 1_000;
  const series = names.map((name) => ({ name, counts: goodPerSecond(answers, name, begin, seconds) }));
  const most = Math.max(1, ...series.flatMap(({ counts }) => counts));
  const x = (second: number) => LEFT + (second / seconds) * (WIDTH - LEFT - 10);
  const y = (count: number) => HEIGHT - BOTTOM - (count / most) * (HEIGHT - TOP - BOTTOM);
  const shades = phases.map((phase, index) => {
    const from = x((index * phaseMs) / 1_000);
    const to = x(((index + 1) * phaseMs) / 1_000);
    const fill = index === 0 || index === phases.length - 1 ? '#ffffff' : '#f4ecec';
    return `<rect x="${from}" y="${TOP}" width="${to - from}" height="${HEIGHT - TOP - BOTTOM}" fill="${fill}"/><text x="${from + 6}" y="${TOP + 16}" fill="#555">${phase}</text>`;
  });
  const lines = series.map(({ name, counts }) => {
    const points = counts.map((count, second) => `${x(second + 0.5).toFixed(1)},${y(count).toFixed(1)}`);
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${COLOURS[name]}" stroke-width="2"/>`;
  });
  const legend = names.map(
    (name, index) => `<text x="${LEFT + 90 * index}" y="24" fill="${COLOURS[name]}">${name}</text>`,
  );
  const axis = [0, Math.round(most / 2), most].map(
    (count) => `<text x="6" y="${y(count) + 4}" fill="#555">${count}/s</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" role="img" aria-label="Good answers a second while Increase has a bad day">`,
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    ...shades,
    ...lines,
    ...legend,
    ...axis,
    `<text x="${WIDTH - 110}" y="${HEIGHT - 12}" fill="#555">seconds: ${seconds}</text>`,
    '</svg>',
    '',
  ].join('\n');
}

function goodPerSecond(
  answers: readonly Answered[],
  name: ProviderName,
  begin: number,
  seconds: number,
): number[] {
  const counts = Array.from({ length: seconds }, () => 0);
  for (const { provider, at, code } of answers) {
    const second = Math.floor((at - begin) / 1_000);
    if (provider === name && code === null && second < seconds) counts[second]! += 1;
  }
  return counts;
}
