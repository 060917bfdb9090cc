/** `90 s`, `15 min 15 s`, `1 h 30 min`, `7 days` */
export function timeInWords(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 120) return `${whole} s`;
  if (whole >= 2 * day && whole % day === 0) return `${whole / day} days`;
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const parts = [hours > 0 ? `${hours} h` : "", minutes > 0 ? `${minutes} min` : "", rest > 0 ? `${rest} s` : ""];
  return parts.filter((part) => part !== "").join(" ");
}

const day = 86_400;
