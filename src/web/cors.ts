import fastifyCors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';

/** For how long a browser remembers that it may ask; Chromium takes no more. */
const PREFLIGHT_MAX_AGE_S = 7200;

/**
 * Lets pages of these origins call the graph from a browser; without any, none. Without credentials: callers authenticate
 * by the header `authorization`, and no cookie means anything here.
 */
export async function cors(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return;
  await app.register(fastifyCors, {
    origin: [...origins],
    methods: ['GET', 'POST'],
    exposedHeaders: ['x-request-id'],
    maxAge: PREFLIGHT_MAX_AGE_S,
    strictPreflight: false, // its refusal is a text
  });
}
