import type { ConfigFields } from "./config-fields.ts";

/** How the weights are stored, from `quantization_config`. What it cannot tell stands as the method's own name. */
export function quantizationOf(fields: ConfigFields): string | undefined {
  const quantization = fields.part("quantization_config") ?? fields.part("compression_config");
  if (quantization === undefined) return undefined;
  const method = quantization.text("quant_method")?.toLowerCase() ?? quantization.text("quant_algo")?.toLowerCase();
  if (method === undefined) return "unknown";
  if (method === "compressed-tensors") return compressed(quantization) ?? method;
  if (method === "modelopt" || method === "modelopt_fp4") return modelOpt(quantization) ?? method;
  if (method === "bitsandbytes") return quantization.flag("load_in_4bit") ? "int4" : "int8";
  if (method === "gptq" || method === "awq") {
    const bits = quantization.number("bits", "w_bit");
    return bits === 8 ? "int8" : bits === 4 ? method : `${method} of ${bits ?? "unknown"} bits`;
  }
  return method === "fbgemm_fp8" ? "fp8" : method;
}

function compressed(quantization: ConfigFields): string | undefined {
  const weights = quantization.part("config_groups")?.parts()[0]?.part("weights");
  const bits = weights?.number("num_bits");
  if (bits === 8) return weights?.text("type") === "float" ? "fp8" : "int8";
  if (bits === 4) return weights?.text("type") === "float" ? "nvfp4" : "int4";
  return undefined;
}

function modelOpt(quantization: ConfigFields): string | undefined {
  const algorithm = quantization.text("quant_algo")?.toLowerCase();
  if (algorithm === "fp8") return "fp8";
  return algorithm === "nvfp4" ? "nvfp4" : undefined;
}
