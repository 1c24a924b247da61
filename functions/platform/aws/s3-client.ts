import { S3Client } from '@aws-sdk/client-s3';
import type { Environment } from './aws-environment.ts';
import { clientSettings } from './client-settings.ts';

/** Endpoints that are an IP address (moto) are spoken to path-style by the SDK itself. Checksums are its default. */
export const s3ClientFromEnv = (env: Environment): S3Client => new S3Client(clientSettings(env, 'S3'));
