import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';

export interface Asset {
  readonly type: string;
  readonly body: Buffer;
  readonly etag: string;
}

const javascript = 'text/javascript; charset=utf-8';
const css = 'text/css; charset=utf-8';

/**
 * The files of the page by name: GraphiQL 5 with all it needs (editor, workers, fonts, icons), as
 * `@graphql-yoga/render-graphiql` ships it ready for the browser, and our own few lines that start it.
 * Nine megabytes: loaded when the playground is first opened, not when the service starts.
 */
export async function loadAssets(): Promise<ReadonlyMap<string, Asset>> {
  const graphiql = await import('@graphql-yoga/render-graphiql/graphiql');

  return new Map([
    ['start.js', asset(javascript, await readFile(new URL('start.js', import.meta.url)))],
    ['start.css', asset(css, await readFile(new URL('start.css', import.meta.url)))],
    ['graphiql.js', asset(javascript, graphiql.js)],
    ['graphiql.css', asset(css, graphiql.css)],
    ['editorWorkerService.worker.js', asset(javascript, graphiql.editorWorkerService)],
    ['graphql.worker.js', asset(javascript, graphiql.graphqlWorker)],
    ['json.worker.js', asset(javascript, graphiql.jsonWorker)],
  ]);
}

/** Whether the optional package that GraphiQL comes in was installed. */
export function isInstalled(): boolean {
  try {
    return findPackageJSON('@graphql-yoga/render-graphiql', import.meta.url) !== undefined;
  } catch {
    return false;
  }
}

function asset(type: string, content: string | Buffer): Asset {
  const body = Buffer.from(content);
  return { type, body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` };
}
