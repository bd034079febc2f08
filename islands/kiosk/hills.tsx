/** Of one wave; the picture's own width is one too, so what lies beside it looks alike. */
const WAVE = 600;
/** To each side, for walls that are wider than high. */
const WAVES_BESIDE = 4;

/** A row of hills that goes on to both sides of the picture. */
function hills(top: number, height: number, shift: number): string {
  const from = shift - WAVES_BESIDE * WAVE;
  const waves = `t${WAVE / 2} 0`.repeat((2 * WAVES_BESIDE + 2) * 2 - 1);
  return `M${from} ${top}q${WAVE / 4} ${-height} ${WAVE / 2} 0${waves}V640H${from}z`;
}

/** The picture of the first screen: hills, trees that grow, and a sun. */
export function Hills() {
  return (
    <svg class="hills" viewBox="0 0 600 600" preserveAspectRatio="xMidYMax meet" aria-hidden="true">
      <circle class="hills__sun" cx="450" cy="120" r="62" />
      <path
        class="hills__cloud"
        d="M66 158a34 34 0 0 1 34-34 46 46 0 0 1 88-8 30 30 0 0 1 14 58H96a30 30 0 0 1-30-16z"
      />
      <path class="hills__far" d={hills(400, 110, -180)} />
      <path class="hills__middle" d={hills(450, 80, -60)} />
      <g class="hills__plants">
        <path class="hills__stem" d="M150 470v-64M300 500v-120M450 480V300" />
        <circle class="hills__leaf" cx="150" cy="396" r="26" />
        <circle class="hills__leaf" cx="300" cy="364" r="38" />
        <circle class="hills__leaf" cx="450" cy="280" r="52" />
        <circle class="hills__fruit" cx="290" cy="356" r="9" />
        <circle class="hills__fruit" cx="436" cy="266" r="10" />
        <circle class="hills__fruit" cx="470" cy="296" r="10" />
      </g>
      <path class="hills__near" d={hills(500, 50, -320)} />
    </svg>
  );
}
