/** A query that the service does not take: answered with 400 in the protocol's form. */
export class BadQuery extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BadQuery';
  }
}
