/** A path of an outgoing request, and the route that it is an instance of (`/entities/{}`), which is safe to log. */
export interface Path {
  readonly path: string;
  readonly route: string;
}

/**
 * Makes a path of a template: each value is one segment and is encoded.
 * @throws {TypeError} for a value that would not stay one segment: `.`, `..`, the empty string, or text that is not Unicode
 */
export function path(strings: TemplateStringsArray, ...segments: readonly string[]): Path {
  return {
    path: String.raw({ raw: strings }, ...segments.map(encodeSegment)),
    route: strings.join('{}'),
  };
}

/** The object that a path is about; undefined where it is about none, such as a list's. */
export function objectOf({ path: it, route }: Path): string | undefined {
  return it === route ? undefined : it;
}

function encodeSegment(segment: string): string {
  if (segment === '' || segment === '.' || segment === '..' || !segment.isWellFormed()) {
    throw new TypeError('A path segment must be well-formed text other than "", "." and ".."');
  }
  return encodeURIComponent(segment);
}
