import type { Company } from '../../functions/lake/company/company.ts';
import type { Platform } from '../../functions/platform/platform.ts';
import { dataManagerList } from '../../functions/push/google-data-manager.ts';
import { looking, type Symptom } from './symptom.ts';

type Needs = Pick<Platform, 'clock' | 'log' | 'secrets' | 'http'>;

/** Who asks wants an answer now. */
const LONGEST_PAUSE_MS = 500;
/** No request is called so: Google says that it knows none of the name, to whom it has let in. */
const NO_REQUEST = 'vigie-doctor';

/** Each audience that is pushed: whether its secret is there, and Google lets its owner in. Nothing of anybody is sent. */
export async function examinePushes(platform: Needs, company: Company): Promise<Symptom[]> {
  const http = {
    ...platform.http,
    pause: (ms: number) => platform.http.pause(Math.min(ms, LONGEST_PAUSE_MS)),
  };
  const { secrets, clock, log } = platform;
  const pushed = Object.entries(company.audiences).flatMap(([id, { push }]) => (push ? [{ id, push }] : []));
  const found = pushed.map(({ id, push }) =>
    looking(`push of ${id}`, async () => {
      await dataManagerList({ secrets, clock, log, http }, push).outcome(NO_REQUEST);
      const finding = `Google lets it in; whether the list ${push.list} takes people, a run with \`validate_only: true\` shows`;
      return [{ what: `push of ${id}`, status: 'ok', finding }];
    }),
  );
  return (await Promise.all(found)).flat();
}
