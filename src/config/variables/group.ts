import { z } from 'zod';

/** The variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that are about one thing, and the part of the configuration that comes from them. */
export interface Group<V extends z.ZodRawShape = z.ZodRawShape, Part = unknown> {
  /** Its heading in `.env.example`. */
  readonly about: string;
  /** By name: what it must be, told after its name (`must be on or off`), and what people are told of it. */
  readonly variables: V;
  /** What is wrong between variables, or outside of them: a sentence each. All of them are trimmed, and none is empty. */
  problems?(given: Environment, isProduction: boolean): string[];
  /** @param given all there is, for a name that is told together with others instead of for itself */
  config(env: z.output<z.ZodObject<V>>, isProduction: boolean, given: Environment): Part;
}

/** What people are told of a variable: `.env.example` and the README's table are made of it, which a test compares. */
export interface Told {
  /** What it is for, in Markdown. */
  readonly meaning: string;
  /** What holds without it, where that is no constant: `on in development`. */
  readonly otherwise?: string;
  /** Production does not start without it; this is where it comes from. */
  readonly neededInProduction?: string;
}

export const told = z.registry<Told>();

/** A group of variables, for its types' sake. */
export function group<V extends z.ZodRawShape, Part>(it: Group<V, Part>): Group<V, Part> {
  return it;
}
