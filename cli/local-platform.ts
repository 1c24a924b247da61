import { join, resolve } from 'node:path';
import type { Company } from '../functions/lake/company/company.ts';
import { fetchHttp } from '../functions/platform/fetch-http.ts';
import { duckDbEngine } from '../functions/platform/local/duckdb-engine.ts';
import { engineFrom } from '../functions/platform/local/duckdb-env.ts';
import { emlMailer } from '../functions/platform/local/eml-mailer.ts';
import { fileBucket } from '../functions/platform/local/file-bucket.ts';
import { folderInbox } from '../functions/platform/local/folder-inbox.ts';
import { learnLocalSecrets, localSecrets } from '../functions/platform/local/local-secrets.ts';
import { smtpMailer } from '../functions/platform/local/smtp-mailer.ts';
import { systemClock } from '../functions/platform/local/system-clock.ts';
import { trustAuthorities } from '../functions/platform/local/trust.ts';
import type { Log } from '../functions/platform/log.ts';
import type { Platform } from '../functions/platform/platform.ts';
import { discreetLog } from '../functions/platform/redact/discreet-log.ts';
import type { Redactor } from '../functions/platform/redact/redactor.ts';

export interface LocalWorld {
  readonly stateFolder: string;
  /** Folder of vigie.yaml: feed paths are relative to it. */
  readonly baseFolder: string;
  readonly company: Company;
  readonly log: Log;
  readonly env: NodeJS.ProcessEnv;
  readonly redactor: Redactor;
}

/** The adapters of a run on one machine. */
export function localPlatform(world: LocalWorld): Platform {
  const { redactor } = world;
  const bucket = fileBucket(world.stateFolder);
  const places = { env: world.env, file: join(world.stateFolder, 'secrets.json') };
  const secrets = localSecrets(places);
  // Before anything is read: a file may hold what another source's secret is.
  learnLocalSecrets(redactor, places);
  for (const { email } of world.company.recipients) redactor.learnAddress(email);
  const { mailer } = world.company.delivery;
  const { ca_file: authorities } = world.company.network;
  if (authorities !== undefined)
    trustAuthorities({
      file: resolve(world.baseFolder, authorities),
      env: world.env,
      now: systemClock.now(),
    });
  return {
    bucket,
    inbox: folderInbox(world.baseFolder, world.env),
    engine: duckDbEngine({ file: join(world.stateFolder, 'vigie.duckdb'), bucket, ...engineFrom(world.env) }),
    mailer:
      mailer.kind === 'smtp' ? smtpMailer({ secrets, secret: mailer.secret, redactor }) : emlMailer(bucket),
    secrets,
    http: fetchHttp(),
    clock: systemClock,
    log: discreetLog(world.log, redactor),
    redactor,
  };
}
