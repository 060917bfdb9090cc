import type { Gpu } from "../catalogue/gpu.ts";

/**
 * Operations a second of the matrix products over weights stored so. Four bits without activations of four bits (AWQ, GPTQ)
 * are multiplied in 16 bits, as is every format that the GPU has no units for; a GPU with fp4 units multiplies MXFP4 weights
 * with activations of 8 bits.
 */
export function peakFor(quantization: string | undefined, { peak }: Gpu): number | undefined {
  switch (quantization) {
    case "nvfp4":
      return peak.fp4 ?? peak.bf16;
    case "mxfp4":
      return peak.fp4 === undefined ? peak.bf16 : peak.fp8;
    case "fp8":
    case "int8":
      return peak.fp8 ?? peak.bf16;
    default:
      return peak.bf16;
  }
}
