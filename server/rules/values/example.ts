/** Values of the production stack with one model, and more keys of that model. */
export function stackModel(more: string, rest = ""): string {
  return `servingEngineSpec:
  modelSpec:
    - name: qwen3-8b
      repository: lmcache/vllm-openai
      tag: v0.4.3
      modelURL: Qwen/Qwen3-8B
      replicaCount: 1
      requestCPU: 8
      requestMemory: 64Gi
      requestGPU: 1
      vllmConfig:
        enablePrefixCaching: true
      ${more}
${rest}`;
}
