/** The picture of the first screen: hills that grow, and a sun. */
export function Hills() {
  return (
    <svg
      class="hills"
      viewBox="0 0 600 600"
      preserveAspectRatio="xMidYMax slice"
      aria-hidden="true"
    >
      <circle class="hills__sun" cx="420" cy="190" r="74" />
      <g class="hills__cloud">
        <path d="M96 168a34 34 0 0 1 34-34 46 46 0 0 1 88-8 30 30 0 0 1 14 58H126a30 30 0 0 1-30-16z" />
      </g>
      <path class="hills__far" d="M0 420c90-90 170-110 260-40s200 60 340-90v310H0z" />
      <path class="hills__middle" d="M0 470c120-70 220-30 320 0s190 0 280-60v190H0z" />
      <g class="hills__plants">
        <path class="hills__stem" d="M150 470v-64M300 500v-120M450 480V300" />
        <circle class="hills__leaf" cx="150" cy="396" r="26" />
        <circle class="hills__leaf" cx="300" cy="364" r="38" />
        <circle class="hills__leaf" cx="450" cy="280" r="52" />
        <circle class="hills__fruit" cx="290" cy="356" r="9" />
        <circle class="hills__fruit" cx="436" cy="266" r="10" />
        <circle class="hills__fruit" cx="470" cy="296" r="10" />
      </g>
      <path class="hills__near" d="M0 520c110-40 190-20 300 0s210 10 300-30v110H0z" />
    </svg>
  );
}
