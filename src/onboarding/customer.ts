/** One person or business, under the id that the caller's own system gives them: Incode's externalCustomerId, Relay's ccid. */
export interface Customer {
  readonly id: string;
}
