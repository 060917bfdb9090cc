import type { Palette } from "../theme.ts";
import type { Fill, Tone } from "./model.ts";

const size = 8;

/** A layer's ground, told from its neighbours by strokes as well as by colour. */
export function layerFill(fill: Fill, tone: Tone, palette: Palette): string | CanvasPattern {
  const colour = palette.tones[tone];
  return tile((pen) => {
    pen.fillStyle = palette.background;
    pen.fillRect(0, 0, size, size);
    pen.fillStyle = colour;
    pen.globalAlpha = 0.4;
    pen.fillRect(0, 0, size, size);
    pen.globalAlpha = 1;
    if (fill === "upright") pen.fillRect(0, 0, 2, size);
    if (fill === "level") pen.fillRect(0, 0, size, 2);
    if (fill === "dots")
      for (const [x, y] of [
        [1, 1],
        [5, 5],
      ] as const)
        pen.fillRect(x, y, 2, 2);
  });
}

/** What nobody knows: slanted strokes on nothing. */
export function unknownFill(palette: Palette): string | CanvasPattern {
  return tile((pen) => {
    pen.strokeStyle = palette.quiet;
    pen.globalAlpha = palette.isHighContrast ? 1 : 0.55;
    pen.lineWidth = 1;
    pen.beginPath();
    for (const shift of [-size, 0, size]) {
      pen.moveTo(shift - 1, size + 1);
      pen.lineTo(shift + size + 1, -1);
    }
    pen.stroke();
  });
}

function tile(draw: (pen: CanvasRenderingContext2D) => void): string | CanvasPattern {
  const canvas = document.createElement("canvas");
  canvas.width = size;
  canvas.height = size;
  const pen = canvas.getContext("2d");
  if (pen === null) return "transparent";
  draw(pen);
  return pen.createPattern(canvas, "repeat") ?? "transparent";
}
