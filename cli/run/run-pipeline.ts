import pLimit from 'p-limit';
import { type Manifest, manifestKey } from '../../functions/lake/manifest.ts';
import { pipeline, type Stage } from '../../functions/pipeline.ts';
import { writeJson } from '../../functions/platform/bucket.ts';
import type { Context } from '../context.ts';
import type { Progress } from './progress.ts';
import { newRunState, type RunRequest, type RunState, toManifest } from './run-state.ts';
import { bindings } from './steps.ts';

/**
 * Walks the pipeline in process. The manifest is written after every stage, so that a run that died can be read; a
 * run that is repeated finds what is done and ends in the same state.
 */
export async function runPipeline(
  context: Context,
  request: RunRequest,
  progress: Progress,
): Promise<Manifest> {
  const state = newRunState(context, request);
  await saveManifest(context, state, null);
  for (const stage of pipeline) {
    await walkStage(context, state, stage, progress);
    await saveManifest(context, state, null);
  }
  return saveManifest(context, state, context.platform.clock.now().toISOString());
}

async function walkStage(context: Context, state: RunState, stage: Stage, progress: Progress): Promise<void> {
  const binding = bindings[stage.step];
  const items = binding.items(context, state);
  progress.stage(stage, items.length);
  const limit = pLimit(stage.concurrency);
  const results = await Promise.allSettled(
    items.map((item) =>
      limit(async () => {
        const outcome = await item.run();
        progress.item(item.name, outcome);
      }),
    ),
  );
  const broken = results.find((result) => result.status === 'rejected');
  if (broken) throw broken.reason;
  progress.done(binding.summary(context, state));
}

async function saveManifest(context: Context, state: RunState, finishedAt: string | null): Promise<Manifest> {
  const manifest = toManifest(state, finishedAt);
  await writeJson(context.platform.bucket, manifestKey(state.asOf, state.run), manifest);
  return manifest;
}
