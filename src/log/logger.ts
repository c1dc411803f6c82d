import { trace } from '@opentelemetry/api';
import { pino, type DestinationStream, type Logger } from 'pino';
import { prettyFactory } from 'pino-pretty';

import { redact } from './redact.ts';

interface LoggerOptions {
  readonly level: string;
  /** The credentials that the process is configured with: they appear in no line, whatever they stand in. */
  readonly secrets: readonly string[];
  /** For people on a terminal, instead of JSON. */
  readonly pretty?: boolean;
  readonly destination?: DestinationStream;
}

/** Anything shorter is no credential, and would be found within ordinary words. */
const MIN_SECRET_LENGTH = 8;

/** Structured log lines, from which secrets and personal data are taken out. */
export function createLogger({ level, secrets, pretty = false, destination }: LoggerOptions): Logger {
  const quoted = secrets
    .filter(({ length }) => length >= MIN_SECRET_LENGTH)
    .map((secret) => JSON.stringify(secret).slice(1, -1));
  const format = pretty
    ? prettyFactory({ colorize: true, ignore: 'pid,hostname', translateTime: 'HH:MM:ss' })
    : String;
  return pino(
    {
      level,
      base: null,
      mixin: traceInHand,
      formatters: { log: (object) => redact(object) as Record<string, unknown> },
      // pino's own serializer would put the error's message into the line's.
      serializers: { err: (error: unknown) => error },
      hooks: {
        streamWrite: (line) =>
          format(quoted.reduce((text, secret) => text.replaceAll(secret, '[redacted]'), line)),
      },
    },
    ...(destination ? [destination] : []),
  );
}

/** On every line that is written in the course of a trace. Nothing where there are none. */
function traceInHand(): { readonly traceId?: string } {
  const traceId = trace.getActiveSpan()?.spanContext().traceId;
  return traceId === undefined ? {} : { traceId };
}
