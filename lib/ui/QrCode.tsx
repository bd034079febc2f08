import qrcode from "qrcode-generator";

export interface QrCodeProps {
  readonly text: string;
  /** For who does not see it. */
  readonly label: string;
}

/** Modules of white around the code, without which cameras do not find it. */
const QUIET = 4;

/** A text for a camera, dark on white in every theme. Drawn on the server: no script, no style. */
export function QrCode({ text, label }: QrCodeProps) {
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  const size = count + 2 * QUIET;
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={pathOf(code, count)} fill="#000" shape-rendering="crispEdges" />
    </svg>
  );
}

function pathOf(code: Pick<ReturnType<typeof qrcode>, "isDark">, count: number): string {
  let path = "";
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      if (code.isDark(row, column)) path += `M${column + QUIET} ${row + QUIET}h1v1h-1z`;
    }
  }
  return path;
}
