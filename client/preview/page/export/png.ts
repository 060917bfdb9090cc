import type { ChartModel } from "../charts/model.ts";
import type { Palette } from "../theme.ts";

const titleHeight = 24;

/** All charts under each other on one canvas, as an address with the picture in it. */
export function pngOf(
  title: string,
  sentence: string,
  charts: readonly { readonly model: ChartModel; readonly canvas: HTMLCanvasElement | undefined }[],
  palette: Palette,
): string {
  const drawn = charts.flatMap(({ model, canvas }) =>
    canvas === undefined || canvas.width === 0 ? [] : [{ model, canvas }],
  );
  const [scale, margin] = [devicePixelRatio, 16 * devicePixelRatio];
  const width = Math.max(1, ...drawn.map(({ canvas }) => canvas.width)) + 2 * margin;
  const head = 56 * scale;
  const height = drawn.reduce((sum, { canvas }) => sum + canvas.height + titleHeight * scale, head) + margin;
  const sheet = document.createElement("canvas");
  sheet.width = width;
  // Browsers draw nothing on a canvas that is longer than this.
  sheet.height = Math.min(height, 16_384);
  const pen = sheet.getContext("2d");
  if (pen === null) return "";
  pen.fillStyle = palette.background;
  pen.fillRect(0, 0, sheet.width, sheet.height);
  const family = palette.font.replace(/^\S+ /, "");
  const write = (text: string, size: number, weight: number, colour: string, y: number) => {
    pen.font = `${weight} ${size * scale}px ${family}`;
    pen.fillStyle = colour;
    pen.fillText(text, margin, y, width - 2 * margin);
  };
  write(title, 15, 600, palette.text, 24 * scale);
  write(sentence, 12, 400, palette.quiet, 44 * scale);
  let top = head;
  for (const { model, canvas } of drawn) {
    write(legendOf(model), 12, 600, palette.text, top + 16 * scale);
    pen.drawImage(canvas, margin, top + titleHeight * scale);
    top += canvas.height + titleHeight * scale;
  }
  return sheet.toDataURL("image/png");
}

function legendOf({ title, lines, layers }: ChartModel): string {
  return `${title}: ${[...lines, ...layers].map(({ name }) => name).join(", ")}`;
}
