import type { Compilable, CompiledQuery } from 'kysely';

/** Stands in a query for a value that is known later. */
class Slot {
  readonly name: PropertyKey;

  constructor(name: PropertyKey) {
    this.name = name;
  }
}

/**
 * A query that is compiled once and then only given its values: compiling costs more than carrying it out does.
 * @param build makes the query, with `value('name')` wherever a value of that name goes
 */
export function template<Values extends object>(
  build: (value: <Name extends keyof Values>(name: Name) => Values[Name]) => Compilable,
): (values: Values) => CompiledQuery {
  const compiled = build((name) => new Slot(name) as never).compile();
  return (values) => ({
    ...compiled,
    parameters: compiled.parameters.map((parameter) =>
      parameter instanceof Slot ? values[parameter.name as keyof Values] : parameter,
    ),
  });
}
