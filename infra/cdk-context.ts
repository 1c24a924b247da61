/** What CDK is asked to do as it does for new projects. Part of the app, so that no company's cdk.json has to repeat it. */
export const cdkContext: Readonly<Record<string, unknown>> = {
  '@aws-cdk/core:target-partitions': ['aws'],
  '@aws-cdk/core:checkSecretUsage': true,
  '@aws-cdk/aws-iam:minimizePolicies': true,
  '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true,
};
