/** Secrets by name. Their values never reach logs, manifests or error messages. */
export interface Secrets {
  /** The secret's text; throws `SECRET_MISSING` naming every place that was looked at. */
  get(name: string): Promise<string>;
  /** Stores a rotated value (refresh tokens). */
  put(name: string, value: string): Promise<void>;
}
