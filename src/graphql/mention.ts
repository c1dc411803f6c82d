/** An object at Increase that is mentioned by its id: it is read only when one of its other fields is asked for. */
export interface Mention {
  readonly id: string;
}
