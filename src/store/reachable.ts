import { StoreUnavailable } from '../onboarding/errors.ts';
import { isDataError, isQueryError } from './engines/data-error.ts';

/** Records or looks up what is to be done. @throws {StoreUnavailable} when the database is out of reach */
export async function reachable<T>(query: () => Promise<T>): Promise<T> {
  try {
    return await query();
  } catch (error) {
    throw isDataError(error) ? error : new StoreUnavailable(error);
  }
}

/** The rows of a query that only reads. @throws {StoreUnavailable} when the database is out of reach */
export async function readable<T>(query: { execute(): Promise<T> }): Promise<T> {
  try {
    return await query.execute();
  } catch (error) {
    throw isDataError(error) || isQueryError(error)
      ? error
      : new StoreUnavailable(error, 'Our store is out of reach. Try again later.');
  }
}
