/** Numbers of a release: `0.19` stands for every 0.19.x. */
export type Version = readonly number[];

export function parseVersion(text: string): Version | undefined {
  const numbers = /^v?(\d+(?:\.\d+){0,3})(?!\d)/.exec(text.trim())?.[1];
  return numbers?.split(".").map(Number);
}

export function compareVersions(a: Version, b: Version): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * The version in the tag of vLLM's own images: `vllm/vllm-openai:v0.10.2`. Others count for themselves: the tag of
 * lmcache/vllm-openai is LMCache's version, that of ghcr.io/llm-d/llm-d is llm-d's.
 */
export function versionOfImage(image: string): string | undefined {
  return /(?:^|\/)vllm\/vllm-openai(?:-[a-z]+)?:v?(\d+(?:\.\d+)+)/.exec(image)?.[1];
}

/** Whether an image is whatever vLLM released last: `vllm/vllm-openai:latest`, or no tag at all. */
export function isLatestImage(image: string): boolean {
  return /(?:^|\/)vllm\/vllm-openai(?:-[a-z]+)?(?::latest)?$/.test(image);
}
