/** A Deployment with one container that runs vLLM, for examples. Lines of lists stand without their indent. */
export const serverExample = ({
  name = "qwen",
  labels = "app: qwen",
  kind = "Deployment",
  image = "vllm/vllm-openai:v0.19.0",
  args = ["Qwen/Qwen3-8B"],
  container = [],
  spec = [],
}: {
  readonly name?: string;
  readonly labels?: string;
  readonly kind?: string;
  readonly image?: string;
  readonly args?: readonly string[];
  readonly container?: readonly string[];
  readonly spec?: readonly string[];
}) => `apiVersion: apps/v1
kind: ${kind}
metadata:
  name: ${name}
spec:
  selector: {matchLabels: {${labels}}}
  template:
    metadata: {labels: {${labels}}}
    spec:
${lines("      ", spec)}      containers:
        - name: vllm
          image: ${image}
          args:
${lines("            - ", args)}${lines("          ", container)}`;

function lines(margin: string, texts: readonly string[]): string {
  return texts.map((text) => `${margin}${text}\n`).join("");
}
