import type { Bucket } from './bucket.ts';
import type { Clock } from './clock.ts';
import type { Engine } from './engine.ts';
import type { Http } from './http.ts';
import type { Inbox } from './inbox.ts';
import type { Log } from './log.ts';
import type { Mailer } from './mailer.ts';
import type { Redactor } from './redact/redactor.ts';
import type { Secrets } from './secrets.ts';

/** Everything a step may reach of the world. A step is one function `step(platform, input) -> output`. */
export interface Platform {
  readonly bucket: Bucket;
  readonly inbox: Inbox;
  readonly engine: Engine;
  readonly mailer: Mailer;
  readonly secrets: Secrets;
  readonly http: Http;
  readonly clock: Clock;
  readonly log: Log;
  /** The one of this process: whatever is said or kept beside the data goes through it. */
  readonly redactor: Redactor;
}
