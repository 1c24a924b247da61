// The app that `cdk` runs (cdk.json).
import { load } from './built.js';

const WANTED = ['aws-cdk-lib', 'constructs', 'cdk-nag'];

try {
  await load('stack');
} catch (error) {
  const missing = WANTED.find(
    (name) => error.code === 'ERR_MODULE_NOT_FOUND' && error.message.includes(`'${name}'`),
  );
  if (missing === undefined) throw error;
  process.stderr.write(
    `✗ ${missing} is not installed: whoever runs Vigie on one machine does without it.\n` +
      `  npm install --save-dev aws-cdk ${WANTED.join(' ')}\n`,
  );
  process.exitCode = 2;
}
